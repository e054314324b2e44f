import { defineConfig } from 'vitest/config'

/** ms. On two cores, slow is not broken. */
const PATIENCE = 60_000

/** ms. In which the image is built. */
const BUILD_PATIENCE = 600_000

export default defineConfig({
  test: {
    include: ['scripts/infra/**/*.test.ts'],
    testTimeout: PATIENCE,
    hookTimeout: BUILD_PATIENCE,
    // Servers, an image build and two cores.
    fileParallelism: false,
  },
})
