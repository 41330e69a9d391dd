import { expect, test } from 'vitest'
import { loadPack } from '../../src/pack.ts'
import { findDue } from '../../src/privacy/due.ts'
import { destroy, stillDue } from '../../src/privacy/purge.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import { newSession } from '../../src/conversation/session.ts'
import { submitted } from '../filings/cases.ts'
import { ledgerOf } from '../store/invented.ts'
import { MemoryDisk } from '../store/memory-disk.ts'

const pack = await loadPack('templates/liubei')
const street = '450205001000'

test('reports, reminders and ledgers go when their time is over, the young ones stay', async () => {
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 1)],
    disk: new MemoryDisk(),
  })
  const reportAt = (at: string) => ({
    id: `monthlyReport:${at.slice(0, 7)}:f1`,
    duty: 'monthlyReport',
    period: at.slice(0, 7),
    target: 'f1',
    place: street,
    events: [{ type: 'reported' as const, at, by: 'wang', nothing: true as const }],
  })
  await store.transact(async (tx) => {
    await tx.saveMatter(reportAt('2026-11-02T02:00:00.000Z'))
    await tx.saveMatter(reportAt('2050-11-02T02:00:00.000Z'))
    await tx.saveLedger(ledgerOf('2026-10', street, 'a'))
    await tx.saveLedger(ledgerOf('2050-10', street, 'b'))
  })
  const today = '2057-01-05'
  await store.transact(async (tx) => {
    const due = await findDue(tx, pack, today)
    expect(due.map(({ class: kind }) => kind)).toEqual(['matters', 'ledgers'])
    expect(due[1]?.says).toContain('2026-10的台账')
    for (const item of await stillDue(due, tx, pack, today))
      await destroy(item, tx, 'zhao', '2057-01-05T01:00:00.000Z')
    expect(await findDue(tx, pack, today)).toEqual([])
    expect((await tx.listMatters({ limit: 9 })).map(({ period }) => period)).toEqual(['2050-11'])
    expect(await tx.findLedger(street, '2050-10')).toBeDefined()
  })
  await store.close()
})

test('with an application that came to nothing goes the charter that was written from its answers', async () => {
  const store = await openJsonStore({
    folder: '/data',
    dataKeys: [Buffer.alloc(32, 1)],
    disk: new MemoryDisk(),
  })
  const at = '2026-11-24T02:00:00.000Z'
  const filing = submitted()
  const withdrawn = { ...filing, events: [...filing.events, { type: 'withdrawn' as const, by: 'wang', at }] }
  const charter = (organization: string) => ({
    id: `c-${organization}`,
    organization,
    at,
    answers: {},
    record: {},
  })
  await store.transact(async (tx) => {
    await tx.saveFiling(withdrawn)
    await tx.saveSession(filing.applicant, {
      ...newSession,
      charters: [charter(filing.id), charter('other')],
    })
    for (const item of await findDue(tx, pack, '2028-11-24')) await destroy(item, tx, 'zhao', at)
    expect(await tx.findFiling(filing.id)).toBeUndefined()
    const { charters } = await tx.getSession(filing.applicant)
    expect(charters.map(({ organization }) => organization)).toEqual(['other'])
  })
  await store.close()
})
