// SPDX-License-Identifier: Apache-2.0
// The TypeScript types of the HTTP interface, from api/openapi.yaml: `node tools/types.js write`, or `check` that they are current.
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const description = new URL('../../api/openapi.yaml', import.meta.url)
const file = new URL('../src/api/types.gen.ts', import.meta.url)
const head = '// SPDX-License-Identifier: Apache-2.0\n// Made from api/openapi.yaml by `npm run types`; do not edit.\n'

const text = head + astToString(await openapiTS(description))
if (process.argv[2] === 'write') {
  writeFileSync(file, text)
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('src/api/types.gen.ts is older than api/openapi.yaml; run `npm run types`')
  process.exit(1)
}
