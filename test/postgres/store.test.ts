import { openPostgresStore } from '../../src/store/postgres/open.ts'
import { emptyDatabase, newDatabase } from '../support/postgres.ts'
import { afterAll, beforeAll } from 'vitest'
import { describeKeeping } from '../store/contract-keeping.ts'
import { describeMatters } from '../store/contract-matters.ts'
import { describeStore } from '../store/contract.ts'

const dataKeys = [Buffer.alloc(32, 1)]

let database: Awaited<ReturnType<typeof newDatabase>>
beforeAll(async () => {
  database = await newDatabase()
})
afterAll(() => database.remove())

for (const describeContract of [describeStore, describeKeeping, describeMatters]) {
  describeContract('postgres', async () => ({
    open: (clock) => openPostgresStore({ url: database.url, dataKeys, clock }),
    remove: () => emptyDatabase(database.url),
  }))
}
