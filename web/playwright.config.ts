import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { defineConfig } from '@playwright/test'

const given = process.env.ONRECORD_E2E_PORT
const port = Number(given ?? 8651)
const folder = join(tmpdir(), `onrecord-e2e-${port}`)
const reviewing = `http://127.0.0.1:${port + 1}/`

// What the tests of a site and of reviewing look for.
process.env.ONRECORD_E2E_SITE ??= join(folder, 'demo-site')
process.env.ONRECORD_E2E_REVIEW ??= reviewing

function service(at: number, record: string, ...more: string[]) {
  return {
    command: `bash tests/e2e/serve.sh ${at} ${join(folder, record)} ${more.join(' ')}`,
    url: `http://127.0.0.1:${at}/api/record`,
    timeout: 240_000,
    reuseExistingServer: given !== undefined,
    gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 5_000 },
  }
}

export default defineConfig({
  testDir: 'tests/e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 1,
  reporter: 'line',
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'], // CI runs as root, on pages of our own
    },
  },
  webServer: [
    service(port, 'demo'),
    service(port + 1, 'reviewed', '--review', '--author', 'ana'),
  ],
})
