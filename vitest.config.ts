import { defineConfig } from 'vitest/config'

const inProcesses = {
  // The embedded engine must be loaded in a process of its own: in a worker thread it crashes at exit.
  pool: 'forks' as const,
  // A file for each core: most wait, for an engine, a browser or a clock. Vitest itself would leave one core out.
  maxWorkers: '100%',
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // What is waited for may take its time when the other core is busy too; vitest's own patience is a second.
  expect: { poll: { timeout: 20_000 } },
}

export default defineConfig({
  test: {
    globalSetup: './warehouse/testing-directory.ts',
    projects: [
      { test: { name: 'start', include: ['start/**/*.test.ts'], ...inProcesses } },
      { test: { name: 'warehouse', include: ['warehouse/**/*.test.ts'], ...inProcesses } },
      { test: { name: 'ingest', include: ['ingest/**/*.test.ts'], ...inProcesses } },
      {
        test: {
          name: 'dashboard',
          root: 'dashboard',
          include: ['**/*.test.ts'],
          globalSetup: './testing/build-once.ts',
          ...inProcesses,
        },
      },
      { test: { name: 'jobs', include: ['jobs/**/*.test.ts'], ...inProcesses } },
      { test: { name: 'demo', include: ['demo/**/*.test.ts'], ...inProcesses } },
      // Each of its files starts the whole product: after all others, and one at a time.
      {
        test: {
          name: 'test',
          include: ['test/**/*.test.ts'],
          ...inProcesses,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
