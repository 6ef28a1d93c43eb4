// SPDX-License-Identifier: Apache-2.0
// What leaves the page as a file: the charts as one picture, with the names of their lines and the time below.
import type { Range } from '../../lib/range'
import { whole } from '../../lib/time'
import { typeScale } from '../../state/width'
import { colour } from './chart_lines'

export function saveAs(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** @param panels  sections of the page, each with a canvas and a table of its lines */
export function pictureOf(panels: readonly HTMLElement[], range: Range): Promise<Blob> {
  const scale = (devicePixelRatio || 1) * typeScale()
  const line = 20 * scale
  const parts = panels.flatMap((p) => {
    const chart = p.querySelector('canvas')
    const unit = p.querySelector<HTMLElement>('.axis-unit')?.innerText.replace(/\n/g, ' / ') ?? ''
    const names = [...p.querySelectorAll<HTMLElement>('.lines tbody th')].map((x) => x.innerText.replace(/\s+/g, ' '))
    return chart ? [{ chart, unit, names }] : []
  })
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, ...parts.map((p) => p.chart.width)) + line
  canvas.height = 2 * line + parts.reduce((sum, p) => sum + p.chart.height + (p.names.length + 1.5) * line, 0)
  const ctx = canvas.getContext('2d')!
  ctx.fillStyle = colour('--bg')
  ctx.fillRect(0, 0, canvas.width, canvas.height)
  ctx.fillStyle = colour('--ink')
  ctx.font = `${13 * scale}px system-ui, "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`
  ctx.textBaseline = 'top'
  let y = line / 2
  const write = (text: string): void => {
    ctx.fillText(text, line / 2, y)
    y += line
  }
  for (const { chart, unit, names } of parts) {
    write(unit)
    ctx.drawImage(chart, line / 2, y)
    y += chart.height
    names.forEach(write)
    y += line / 2
  }
  write(`${whole(range.from)} – ${whole(range.to)}`)
  return new Promise((done, failed) => canvas.toBlob((b) => (b ? done(b) : failed(new Error('no picture'))), 'image/png'))
}
