import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openPostgresStore } from '../../src/store/postgres/open.ts'
import type { Store, Transaction } from '../../src/store/store.ts'
import { approvedOf, filingOf, messageTo, replyOf, sessionOf } from '../store/invented.ts'
import { execute, newDatabase } from '../support/postgres.ts'

// Every statement a transaction causes, explained on tables as large as those of a city: none reads a table whole.

const dataKeys = [Buffer.alloc(32, 1)]

let database: Awaited<ReturnType<typeof newDatabase>>
let store: Store
beforeAll(async () => {
  database = await newDatabase()
  store = await openPostgresStore({ url: database.url, dataKeys })
  await execute(database.url, LARGE)
  await execute(database.url, 'analyze')
})
afterAll(async () => {
  await store.close()
  await database.remove()
})
afterEach(() => void vi.restoreAllMocks())

/** Nothing in here can be opened; it is only to be found, or rather not to be found. */
const LARGE = `
  insert into replies select 'm' || n, 1, 's' || n, '2026-03-02T01:00:' || n, repeat('x', 300) from generate_series(1, 30000) n;
  insert into sessions select 'u' || n, 1, '{}', case when n % 50 = 0 then '2026-03-02' end, repeat('x', 3000), n % 50 = 1 from generate_series(1, 10000) n;
  insert into filings (key, revision, "caseNumber", kind, applicant, "organizationName", "newName", "organizationId", place, status, number, sealed, "nameKey", "newNameKey", "caseOrder")
    select 'f' || n, 1, '2025-' || n, 'initial', 'u' || n, 'o' || n, null, null, (450205001000 + (n % 400) * 1000 + n % 7)::text,
      (array['submitted', 'approved', 'distributed', 'withdrawn', 'declined'])[1 + (n % 5)], 'n' || n, repeat('x', 3000), 'o' || n, null, lpad(n::text, 12, '0')
    from generate_series(1, 20000) n;
  insert into "voidedNumbers" select 'v' || n, 1, 'v' || n, 'u', '2026', 'x' from generate_series(1, 5000) n;
  insert into questions select 'q' || n, 1, case when n % 100 = 0 then 'open' else 'closed' end, '2026-03-02T' || n, repeat('x', 500) from generate_series(1, 10000) n;
  insert into accesses (key, revision, "filingId", by, at, sealed) select n::text, 1, 'f' || n % 5000, 'u', '2026-03-02T' || n, 'x' from generate_series(1, 20000) n;
  insert into complaints select 'c' || n, 1, '2026-03-02T' || n, repeat('x', 500) from generate_series(1, 5000) n;
  insert into purges select 'p' || n, 1, '2026-03-02T' || n, repeat('x', 500) from generate_series(1, 5000) n;
  insert into matters select 'a' || n, 1, (date '2024-01-01' + n % 900)::text, array['u' || n % 2000], repeat('x', 800) from generate_series(1, 30000) n;
  insert into ledgers select '450205' || lpad((n % 400)::text, 6, '0') || ':20' || lpad((n / 400)::text, 2, '0') || '-11', 1, repeat('x', 3000) from generate_series(1, 20000) n;
  insert into deliveries ("order", key, revision, "to", type, "enqueuedAt", "dueAt", attempts, state, sealed)
    select n, 'k' || n, 1, 'u' || n % 5000, 'letter', '2026-03-02', '2026-03-02', 1, case when n % 100 = 0 then 'waiting' when n % 501 = 0 then 'failed' else 'sent' end, repeat('x', 300)
    from generate_series(1, 50000) n;
  select setval(pg_get_serial_sequence('deliveries', 'order'), 50000);
  insert into "spentKeys" select 'old' || n, 1, '2026-03-02T' || n from generate_series(1, 30000) n;
  insert into sequences select 'case:' || n, 1, n from generate_series(1, 3000) n;
`

/** What a transaction says to the database. */
async function statementsOf(
  work: (tx: Transaction) => Promise<unknown>,
): Promise<{ text: string; values: unknown[] }[]> {
  const said: { text: string; values: unknown[] }[] = []
  const real = pg.Client.prototype.query
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...words: unknown[]) {
    const [what, values] = words as [string | { text: string; values: unknown[] }, unknown[] | undefined]
    said.push(typeof what === 'string' ? { text: what, values: values ?? [] } : what)
    return Reflect.apply(real, this, words)
  } as typeof real)
  // What is found cannot be opened, and some of it should not be written: only the statements are wanted.
  await store.transact(work).catch(() => {})
  vi.restoreAllMocks()
  return said.filter(({ text }) => /^\s*(select .* from|insert|update|delete|with)\b/is.test(text))
}

const gone = { reason: 'x', by: 'u', at: '2026' }
const now = '2026-03-03T00:00:00.000Z'
const works: [name: string, work: (tx: Transaction) => Promise<unknown>][] = [
  ['findReply', (tx) => tx.findReply('none')],
  ['findReplyByStream', (tx) => tx.findReplyByStream('none')],
  ['saveReply', (tx) => tx.saveReply(replyOf('new1'))],
  ['forgetReplies', (tx) => tx.forgetReplies('2000')],
  ['getSession', (tx) => tx.getSession('none')],
  ['saveSession', (tx) => tx.saveSession('u7', sessionOf('1'))],
  ['findFiling', (tx) => tx.findFiling('none')],
  ['saveFiling', (tx) => tx.saveFiling(filingOf('new1'))],
  ['saveFiling with a number', (tx) => tx.saveFiling(approvedOf('new2'))],
  ['listFilingsOf', (tx) => tx.listFilingsOf('u77')],
  [
    'listFilings of a street',
    (tx) => tx.listFilings({ places: ['450205009000'], statuses: ['submitted', 'endorsed'], limit: 500 }),
  ],
  [
    'listFilings of a community',
    (tx) =>
      tx.listFilings({ places: ['450205009001'], statuses: ['submitted'], kinds: ['change'], limit: 500 }),
  ],
  ['listFilings everywhere', (tx) => tx.listFilings({ statuses: ['endorsed', 'returned'], limit: 100 })],
  ['listChain', (tx) => tx.listChain('f7')],
  ['findByNumber', (tx) => tx.findByNumber('none')],
  ['isNumberTaken', (tx) => tx.isNumberTaken('none')],
  ['findOrganizations', (tx) => tx.findOrganizations('none')],
  ['nextNumber', (tx) => tx.nextNumber('case:7')],
  ['voidNumber', (tx) => tx.voidNumber({ filingNumber: '柳北〔2026〕999号', ...gone })],
  ['findQuestion', (tx) => tx.findQuestion('none')],
  ['listQuestions', (tx) => tx.listQuestions(['open', 'answered'], 100)],
  ['logAccess', (tx) => tx.logAccess({ by: 'u', filingId: 'f1', reason: 'x', at: now })],
  ['listAccess', (tx) => tx.listAccess({ limit: 40 })],
  ['listAccess of a filing', (tx) => tx.listAccess({ filingId: 'f1', limit: 40 })],
  ['listComplaints', (tx) => tx.listComplaints(100)],
  ['listPurges', (tx) => tx.listPurges(20)],
  ['listIdleDrafts', (tx) => tx.listIdleDrafts('2026-03-01')],
  ['listDeclined', (tx) => tx.listDeclined()],
  ['countIdleDrafts', (tx) => tx.countIdleDrafts('2026-03-01')],
  ['forgetFiling', (tx) => tx.forgetFiling('none', gone)],
  ['forgetAccess', (tx) => tx.forgetAccess('2000')],
  ['findMatter', (tx) => tx.findMatter('none')],
  ['listMatters', (tx) => tx.listMatters({ to: 'u7', limit: 300 })],
  ['listMatters of some weeks', (tx) => tx.listMatters({ since: '2026-06-01', limit: 300 })],
  ['listMatters until', (tx) => tx.listMatters({ until: '2024-02-01', limit: 300 })],
  ['forgetMatters', (tx) => tx.forgetMatters('2000')],
  ['forgetLedger', (tx) => tx.forgetLedger('450205000007', '2026-11')],
  ['findLedger', (tx) => tx.findLedger('450205000007', '2026-11')],
  ['findLedgerBefore', (tx) => tx.findLedgerBefore('450205000007', '2026-11')],
  ['enqueue', (tx) => tx.enqueue(messageTo('wang', 'new'))],
  ['claimDeliveries', (tx) => tx.claimDeliveries(now, now, 20)],
  ['claimDeliveries when nothing is due', (tx) => tx.claimDeliveries('2000', now, 20)],
  ['findDelivery', (tx) => tx.findDelivery('none')],
  ['listKeys', (tx) => tx.listKeys('letter:2026-11-23:')],
  ['countSent', (tx) => tx.countSent('u7', '2026-03-01')],
  ['listDeliveries', (tx) => tx.listDeliveries('failed', 100)],
  ['forgetDeliveries', (tx) => tx.forgetDeliveries('2000-01-01T00:00:00.000Z')],
]

test.each(works)('%s finds its rows by an index', async (_, work) => {
  const statements = await statementsOf(work)
  expect(statements.length).toBeGreaterThan(0)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    for (const { text, values } of statements) {
      const { rows } = await client.query({ text: `explain ${text}`, values, rowMode: 'array' })
      const plan = rows.join('\n')
      expect(plan, text).not.toMatch(/Seq Scan/)
    }
  } finally {
    await client.end()
  }
})
