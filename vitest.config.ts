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
          // Every journey is walked on both stores, and two years are played; but not the one that cuts the journal of
          // a folder, those that look at the page, and those of the model, which keep nothing of their own.
          include: [
            'test/postgres/**/*.test.ts',
            'test/acceptance/**/*.test.ts',
            'test/reminders/simulation/*.test.ts',
          ],
          exclude: ['crash', 'page', 'four-people', 'model', 'model-facts'].map(
            (journey) => `test/acceptance/${journey}.test.ts`,
          ),
          globalSetup: ['test/support/postgres-run.ts'],
          env: { TRIAL_STORE: 'postgres' },
        },
      },
    ],
  },
})
