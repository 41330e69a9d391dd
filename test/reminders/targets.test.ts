import { expect, test } from 'vitest'
import { isWithin } from '../../src/filings/place-code.ts'
import type { Matter } from '../../src/reminders/matter.ts'
import { averageOf, measured, tallyOf, targetFor, Targets } from '../../src/reminders/targets.ts'
import { organization, pack } from './world.ts'

const day = '2026-11-23'
const everywhere = () => true
const mingzhu = '450205001008'
const jiefang = '450205001000'

const at = (place: string, over: Parameters<typeof organization>[0] = {}) =>
  organization({ place, filedOn: '2026-01-01', validUntil: '2027-12-31', ...over })

const tally = (organizations: ReturnType<typeof at>[], within: (place: string) => boolean = everywhere) =>
  tallyOf({ organizations }, pack.jurisdiction, day, within)

test('what is filed and valid counts where it is; lapsed, cancelled and future ones do not', () => {
  const { communities, total, streetLevel, lapsed } = tally([
    at(mingzhu),
    at(mingzhu, { validUntil: day }),
    at(mingzhu, { validUntil: '2026-11-22' }),
    at(mingzhu, { cancelled: true }),
    at(mingzhu, { filedOn: '2026-12-01' }),
    at(jiefang),
  ])
  expect(communities.find(({ code }) => code === mingzhu)?.count).toBe(2)
  expect([total, streetLevel, lapsed]).toEqual([3, 1, 1])
})

test('communities stand in the order of the jurisdiction, all of them, and only those within reach', () => {
  const { communities } = tally([at(mingzhu)], (place) => isWithin(place, jiefang))
  expect(communities.map(({ name }) => name)).toEqual(
    pack.jurisdiction.streets[0]!.communities.map(({ name }) => name),
  )
})

test('a community that no longer exists is not waited for', () => {
  const [street, ...others] = pack.jurisdiction.streets
  const [first, ...rest] = street!.communities
  const streets = [{ ...street!, communities: [{ ...first!, until: '2026-11-23' }, ...rest] }, ...others]
  const { communities } = tallyOf({ organizations: [] }, { ...pack.jurisdiction, streets }, day, everywhere)
  expect(communities.some(({ code }) => code === first!.code)).toBe(false)
})

test('what lapses in the quarter is counted by month, what lapsed in it already too', () => {
  const { quarter, due, ending } = tally([
    at(mingzhu, { validUntil: '2026-10-01' }),
    at(mingzhu, { validUntil: '2026-12-31' }),
    at(mingzhu, { validUntil: '2027-01-01' }),
    at(mingzhu, { validUntil: '2026-11-30', cancelled: true }),
  ])
  expect(quarter).toBe('2026-Q4')
  expect(due.map(({ month, count }) => `${month} ${count}`)).toEqual(['2026-10 1', '2026-11 0', '2026-12 1'])
  expect(ending).toBe(2)
})

test('the targets of the plan are those of the document, and all of its term', () => {
  const { targets } = pack.targets
  expect(targetFor('community', pack.targets)).toBe(8)
  expect(targetFor('village', pack.targets)).toBe(4)
  expect(targets.find(({ id }) => id === 'incubated')).toMatchObject({ least: 70, most: 100 })
  expect(targets.every(({ last }) => last < '2024-01-01')).toBe(true)
})

test('averages are over the places of a kind; what the record does not know is not made up', () => {
  const numbers = tally(Array.from({ length: 126 }, () => at(mingzhu)))
  const of = (id: string, find: (id: string) => Matter | undefined = () => undefined) =>
    measured(
      pack.targets.targets.find((one) => one.id === id)!,
      numbers,
      '450205',
      find,
    )
  const urban = numbers.communities.filter(({ kind }) => kind === 'community')
  expect(of('urbanAverage')).toBe(126 / urban.length)
  expect(of('ruralAverage')).toBe(0)
  expect(of('incubated')).toBe(126)
  expect(of('brands')).toBeUndefined()
  expect(of('bases')).toBeUndefined()
  const noted: Matter = {
    id: 'incubationSites:once:450205',
    duty: 'incubationSites',
    period: 'once',
    target: '450205',
    place: '450205',
    events: [{ type: 'noted', at: `${day}T01:00:00.000Z`, by: 'zhaomin', state: 'done', counts: [1, 2] }],
  }
  expect(of('bases', (id) => (id === noted.id ? noted : undefined))).toBe(2)
  expect(averageOf([])).toBeUndefined()
})

test('a target that is not one is refused', () => {
  const target = {
    id: 'x1',
    clause: 'x',
    title: 'x',
    unit: '家',
    printed: 'x',
    last: '2023-12-31',
    among: 'district',
  }
  expect(Targets.safeParse({ targets: [{ ...target, counted: 'none', least: 2 }] }).success).toBe(true)
  expect(Targets.safeParse({ targets: [{ ...target, counted: 'none', least: 0 }] }).success).toBe(false)
  expect(Targets.safeParse({ targets: [{ ...target, counted: 'guessed', least: 2 }] }).success).toBe(false)
})
