import { defineConfig } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from './scripts/lib/chromium.mjs'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'client/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second attempt has found something; it does not get one.
  retries: 0,
  // Each test runs a relay and two or more pages: more workers than this make two cores swap turns, not finish sooner.
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  use: {
    // What was done, when and what the page said of it. Pictures of all steps would cost a fifth of the time of every test.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    serviceWorkers: 'block',
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath && { executablePath }) },
  },
})
