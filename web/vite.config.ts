// SPDX-License-Identifier: Apache-2.0
// One script and one style sheet, so that a page left open through an upgrade of the server never misses a part of itself.
import { defineConfig } from 'vitest/config'

const server = process.env['CASTNER'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: 'es2022', modulePreload: { polyfill: false }, assetsInlineLimit: 0, reportCompressedSize: false },
  test: { testTimeout: 300_000 }, // no test measures time: a loaded machine is slow and not wrong
  server: { host: '127.0.0.1', proxy: { '/api': server, '/healthz': server } },
})
