import { defineConfig } from '@playwright/test'

const port = Number(process.env.ONRECORD_E2E_PORT ?? 8651)

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
  webServer: {
    command: `bash tests/e2e/serve.sh ${port}`,
    url: `http://127.0.0.1:${port}/api/record`,
    timeout: 240_000,
    reuseExistingServer: process.env.ONRECORD_E2E_PORT !== undefined,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
})
