import { defineConfig } from 'vitest/config'

/** ms. Starting a browser on two busy cores takes a while. */
const PATIENCE = 120_000

/** Browsers that Playwright does not drive as Debian has them. */
export default defineConfig({
  test: {
    include: ['client/e2e/browsers/*.browser.ts'],
    testTimeout: PATIENCE,
    hookTimeout: PATIENCE,
    fileParallelism: false,
  },
})
