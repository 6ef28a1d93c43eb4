// SPDX-License-Identifier: Apache-2.0
// Puts a .gz and a .br beside every file of web/dist, for the server to send, and fails if the first load is too heavy.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const LIMIT = 300_000 // bytes, gzip: what all pages may cost on the first visit
const dist = new URL('../dist', import.meta.url).pathname

let total = 0
for (const name of readdirSync(dist, { recursive: true })) {
  const path = join(dist, name)
  if (!statSync(path).isFile() || /\.(gz|br)$/.test(name)) continue
  const bytes = readFileSync(path)
  const gz = gzipSync(bytes, { level: 9 })
  writeFileSync(path + '.gz', gz)
  writeFileSync(path + '.br', brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  total += gz.length
  console.log(`${name}  ${bytes.length} bytes, ${gz.length} gzip`)
}
console.log(`first load: ${(total / 1000).toFixed(1)} kB gzip of at most ${LIMIT / 1000} kB`)
if (total > LIMIT) {
  console.error('the first load is too heavy')
  process.exit(1)
}
