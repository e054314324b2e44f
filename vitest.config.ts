import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'dist/**', '.cache/**', 'scripts/infra/**'],
    // Suites that start relays, browsers or simulations share two cores in CI: slow is not broken.
    // Much of what is tested waits for timers, disks and sockets: one worker would leave a core idle.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // The default is a second, which loading a module takes on busy cores.
    expect: { poll: { timeout: 20_000 } },
  },
})
