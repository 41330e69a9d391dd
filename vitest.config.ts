import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // The program keeps nothing in its modules, so files share their imports, which take as long as a third of the tests.
    isolate: false,
    projects: [
      {
        extends: true,
        test: { name: 'json', include: ['test/**/*.test.ts'], exclude: ['test/postgres/**'] },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          // Every journey is walked on both stores, and two years are played; one of these cuts the journal of a folder, two
          // look at the page.
          include: [
            'test/postgres/**/*.test.ts',
            'test/acceptance/**/*.test.ts',
            'test/reminders/simulation/*.test.ts',
          ],
          exclude: ['crash', 'page', 'four-people'].map((journey) => `test/acceptance/${journey}.test.ts`),
          globalSetup: ['test/support/postgres-run.ts'],
          env: { TRIAL_STORE: 'postgres' },
        },
      },
    ],
  },
})
