import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Filing } from '../src/filings/filing.ts'
import { formatNumber, gapsIn } from '../src/filings/number.ts'
import { decide } from '../src/filings/review.ts'
import { grantFor } from '../src/receive/grant.ts'
import { loadPack, type Pack } from '../src/pack.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import type { Store } from '../src/store/store.ts'
import { JIEFANG, MINGZHU, officer, play, submitted, worker } from './filings/cases.ts'

const liubei = await loadPack('templates/liubei')
const TODAY = '2026-11-23'
const dataKeys = [Buffer.alloc(32, 1)]

let folder: string
let store: Store

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'grant-'))
  store = await openJsonStore({ folder, dataKeys })
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const endorsed = (id: string, over: Partial<Filing> = {}): Filing =>
  play(submitted({ id, caseNumber: `2026-${id}`, ...over }), [{ type: 'endorse' }, worker])

const save = (...filings: Filing[]): Promise<void> =>
  store.transact(async (tx) => {
    for (const filing of filings) await tx.saveFiling(filing)
  })

/** What the authority's 同意 does, as `perform` does it; resolves to the number or why not. */
const approve = (
  id: string,
  pack: Pick<Pack, 'numbers' | 'validity'> = liubei,
  today = TODAY,
): Promise<string> =>
  store.transact(async (tx) => {
    const filing = await tx.findFiling(id)
    if (!filing) throw new Error(`no filing ${id}`)
    const possible = decide(
      filing,
      { type: 'approve', filingNumber: '-', filedOn: today, validUntil: today },
      officer,
      `${today}T02:00:00.000Z`,
    )
    if (!possible.ok) return possible.because
    const granted = await grantFor(filing, tx, pack, today)
    if (!granted.ok) return granted.because
    const act = { type: 'approve' as const, ...granted.grant }
    const decision = decide(filing, act, officer, `${today}T02:00:00.000Z`)
    if (!decision.ok) return decision.because
    await tx.saveFiling(decision.filing)
    return `${granted.grant.filingNumber} ${granted.grant.filedOn} ${granted.grant.validUntil}`
  })

const number = (n: number, year = 2026): string => formatNumber(liubei.numbers, JIEFANG, year, n)

test('the first of an authority and year is 1, and the next follows', async () => {
  await save(endorsed('1'), endorsed('2'), endorsed('3', { place: '450205002001' }), endorsed('4'))
  expect(await approve('1')).toBe('柳北解备〔2026〕1号 2026-11-23 2028-11-23')
  expect(await approve('2')).toContain('柳北解备〔2026〕2号')
  expect(await approve('3')).toContain('柳北雅备〔2026〕1号')
  expect(await approve('4', liubei, '2027-01-04')).toContain('柳北解备〔2027〕1号')
})

test('two officers who agree to one case at once give one number, and the second is told', async () => {
  await save(endorsed('1'), endorsed('2'))
  const told = await Promise.all([approve('1'), approve('1'), approve('2')])
  expect(told[0]).toContain(number(1))
  expect(told[1]).toContain('已经由lijie同意备案')
  expect(told[2]).toContain(number(2))
})

test('numbers have no gaps and no doubles with many at once, some failing', async () => {
  const ids = Array.from({ length: 40 }, (_, n) => String(n + 1))
  await save(...ids.map((id) => endorsed(id)))
  const failing = (id: string): Promise<string> =>
    store
      .transact(async (tx) => {
        const filing = await tx.findFiling(id)
        if (filing) await grantFor(filing, tx, liubei, TODAY)
        throw new Error('the process was asked to stop')
      })
      .catch(String)
  await Promise.all(ids.flatMap((id) => [failing(id), approve(id), approve(id)]))
  await store.close()
  store = await openJsonStore({ folder, dataKeys })
  const filings = await store.transact((tx) => tx.listFilings({ statuses: ['approved'], limit: 100 }))
  const numbers = filings.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'approved' ? [event.filingNumber] : [])),
  )
  expect(new Set(numbers).size).toBe(40)
  expect(gapsIn(liubei.numbers, JIEFANG, 2026, numbers, [])).toEqual([])
  expect(numbers).toContain(number(40))
})

test('numbers of the old ledger, voided ones and those below the start are passed over', async () => {
  const imported = submitted({
    id: 'old',
    events: [
      {
        type: 'imported',
        by: 'lijie',
        at: `${TODAY}T01:00:00.000Z`,
        filingNumber: '柳北解备（2026）014号',
        filedOn: '2026-03-01',
        validUntil: '2028-03-01',
      },
    ],
  })
  await save(imported, endorsed('1'), endorsed('2'))
  await store.transact((tx) =>
    tx.voidNumber({ filingNumber: number(15), reason: '写坏了，作废', by: 'lijie', at: TODAY }),
  )
  const pack = { ...liubei, numbers: { ...liubei.numbers, first: { [JIEFANG]: { '2026': 13 } } } }
  expect(await approve('1', pack)).toContain(number(13))
  expect(await approve('2', pack)).toContain(number(16))
})

test('numbers go on after the old ledger though the pattern is another one now', async () => {
  const grant = { filingNumber: number(12), filedOn: '2026-03-01', validUntil: '2028-03-01' }
  const old = { type: 'imported' as const, by: 'lijie', at: `${TODAY}T01:00:00.000Z`, ...grant }
  await save(submitted({ id: 'old', events: [old] }), endorsed('1'))
  const pattern = '{prefix}字〔{year}〕第{number}号'
  const pack = { ...liubei, numbers: { ...liubei.numbers, pattern } }
  expect(await approve('1', pack)).toContain('柳北解备字〔2026〕第13号')
})

test('what the pack says of numbers may change in the middle of a year, and none is given twice', async () => {
  await save(...['1', '2', '3', '4', '5'].map((id) => endorsed(id)))
  const packOf = (numbers: Partial<Pack['numbers']>) => ({
    ...liubei,
    numbers: { ...liubei.numbers, ...numbers },
  })
  const first = (n: number) => ({ first: { [JIEFANG]: { '2026': n } } })
  expect(await approve('1')).toContain('〔2026〕1号')
  expect(await approve('2', packOf(first(20)))).toContain('〔2026〕20号')
  expect(await approve('3', packOf({ ...first(3), padding: 3 }))).toContain('〔2026〕021号')
  expect(await approve('4', packOf({ pattern: '{prefix}字〔{year}〕第{number}号' }))).toContain(
    '字〔2026〕第22号',
  )
  expect(await approve('5')).toContain('〔2026〕23号')
})

describe('of an organization that is filed', () => {
  beforeEach(async () => {
    await save(endorsed('1'))
    await approve('1')
  })

  test('a change and a cancellation keep number and days', async () => {
    await save(
      endorsed('2', { kind: 'change', organizationId: '1' }),
      endorsed('3', { kind: 'cancellation', organizationId: '1' }),
      endorsed('4', { kind: 'renewal', organizationId: '1' }),
      endorsed('5'),
    )
    expect(await approve('2', liubei, '2027-01-04')).toBe(`${number(1)} 2026-11-23 2028-11-23`)
    expect(await approve('3', liubei, '2027-01-05')).toBe(`${number(1)} 2026-11-23 2028-11-23`)
    expect(await approve('4', liubei, '2027-01-06')).toContain('已经注销')
    expect(await approve('5')).toContain(number(2))
  })

  test('a renewal gets a new number, or keeps the old one where the pack says so', async () => {
    await save(
      endorsed('2', { kind: 'renewal', organizationId: '1' }),
      endorsed('3', { kind: 'renewal', organizationId: '1' }),
      endorsed('4', { kind: 'change', organizationId: '1' }),
    )
    expect(await approve('2', liubei, '2028-11-20')).toBe(`${number(1, 2028)} 2028-11-20 2030-11-20`)
    expect(await approve('4', liubei, '2028-11-21')).toBe(`${number(1, 2028)} 2028-11-20 2030-11-20`)
    const keeping = { ...liubei, numbers: { ...liubei.numbers, renewalKeepsNumber: true } }
    expect(await approve('3', keeping, '2030-11-20')).toBe(`${number(1, 2028)} 2030-11-20 2032-11-20`)
  })
})

test('there is nothing to change where nothing is filed', async () => {
  await save(submitted({ id: '1', place: MINGZHU }), endorsed('2', { kind: 'change', organizationId: '1' }))
  expect(await approve('2')).toContain('还没有备案')
})
