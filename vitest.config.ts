import { defineConfig } from 'vitest/config'

/** Journeys that are walked on both stores. */
const walkedTwice = ['plain-leader', 'life-cycle', 'review', 'learning', 'kill']

/** What leaves nothing behind in the process: files share their imports, which take longer than the tests. */
const sharing = [
  'charter',
  'conversation',
  'directory',
  'documents',
  'filings',
  'forms',
  'knowledge',
  'ledger',
  'privacy',
  'reminders',
  'wecom',
].map((folder) => `test/${folder}/**/*.test.ts`)

export default defineConfig({
  test: {
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'json', include: ['test/**/*.test.ts'], exclude: ['test/postgres/**', ...sharing] },
      },
      { extends: true, test: { name: 'sharing', include: sharing, isolate: false } },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [
            'test/postgres/**/*.test.ts',
            ...walkedTwice.map((journey) => `test/acceptance/${journey}.test.ts`),
          ],
          globalSetup: ['test/support/postgres-run.ts'],
          env: { TRIAL_STORE: 'postgres' },
        },
      },
    ],
  },
})
