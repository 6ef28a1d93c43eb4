// SPDX-License-Identifier: Apache-2.0
// Makes a screenshot small: at most 256 colours in a palette. Reads what Chromium writes: 8 bits, RGB or RGBA, not interlaced.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

function pixels(png) {
  let at = 8
  let head
  const parts = []
  while (at < png.length) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') head = { width: data.readUInt32BE(0), height: data.readUInt32BE(4), bytes: { 2: 3, 6: 4 }[data[9]] }
    if (type === 'IDAT') parts.push(data)
    at += length + 12
  }
  const { width, height, bytes } = head
  const raw = inflateSync(Buffer.concat(parts))
  const row = width * bytes
  const out = Buffer.alloc(row * height)
  for (let y = 0; y < height; ++y) {
    const filter = raw[y * (row + 1)]
    for (let x = 0; x < row; ++x) {
      const left = x >= bytes ? out[y * row + x - bytes] : 0
      const up = y ? out[(y - 1) * row + x] : 0
      const corner = y && x >= bytes ? out[(y - 1) * row + x - bytes] : 0
      const p = left + up - corner
      const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)]
      const guess = [0, left, up, (left + up) >> 1, a <= b && a <= c ? left : b <= c ? up : corner][filter]
      out[y * row + x] = raw[y * (row + 1) + 1 + x] + guess
    }
  }
  return { width, height, bytes, out }
}

/** At most 256: the commonest of each kind of colour first, so that a little red is not lost among many greys. */
function palette(count) {
  const ranked = [...count].sort((a, b) => b[1] - a[1]).map(([c]) => c)
  const kinds = new Map()
  for (const c of ranked) {
    const kind = c & 0xe0e0e0
    if (!kinds.has(kind)) kinds.set(kind, c)
  }
  return [...new Set([...kinds.values(), ...ranked])].slice(0, 256)
}

/** The colours of the palette stay; every other becomes the nearest of them. */
export function small(png) {
  const { width, height, bytes, out } = pixels(png)
  const count = new Map()
  const colour = (i) => (out[i] << 16) | (out[i + 1] << 8) | out[i + 2]
  for (let i = 0; i < out.length; i += bytes) count.set(colour(i), (count.get(colour(i)) ?? 0) + 1)
  const kept = palette(count)
  const place = new Map(kept.map((c, i) => [c, i]))
  const far = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2
  for (const c of count.keys())
    if (!place.has(c))
      place.set(
        c,
        kept.reduce((best, k, i) => (far(c, k) < far(c, kept[best]) ? i : best), 0),
      )
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) rows[y * (width + 1) + 1 + x] = place.get(colour((y * width + x) * bytes))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(kept.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]))
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
