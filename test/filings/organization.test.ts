import { describe, expect, test } from 'vitest'
import type { Filing } from '../../src/filings/filing.ts'
import { custodyOf, notHandedOut, unsealed } from '../../src/filings/custody.ts'
import { sourceOf } from '../../src/filings/correcting.ts'
import { organizationOf } from '../../src/filings/organization.ts'
import { valueOf, type Rows } from '../../src/forms/answers.ts'
import type { Act } from '../../src/filings/review.ts'
import { answer, answersOf, JIEFANG, leader, minute, officer, play, submitted, worker } from './cases.ts'

const endorse: Act = { type: 'endorse' }
const approve = (filingNumber: string, filedOn: string, validUntil: string): Act => ({
  type: 'approve',
  filingNumber,
  filedOn,
  validUntil,
})
const NUMBER = '柳北解备〔2026〕1号'
const name = (full: string) => ({ full, rest: full.slice(-5) })

const draft = (id: string, over: Partial<Filing>): Filing =>
  submitted({ id, organizationId: 'f1', caseNumber: `2026-000${id.slice(1)}`, ...over })

const initial = play(
  submitted({
    answers: answersOf({ principalPhone: '19900000001', organizationName: name('夕阳红志愿服务队') }),
  }),
  [endorse, worker],
  [approve(NUMBER, '2026-11-23', '2028-11-23'), officer],
)
const change = draft('f2', {
  kind: 'change',
  applicant: 'li',
  answers: answersOf({ reason: '换号' }),
  events: [{ type: 'submitted', by: 'li', at: minute(60) }],
  changes: [
    { field: 'principalPhone', before: answer('19900000001'), after: answer('19900000009', 60) },
    { field: 'organizationName', after: answer(name('朝阳志愿服务队'), 60) },
  ],
})
/** Approved an hour after the first filing. */
const agreed = (filing: Filing, grant: Act): Filing => ({
  ...filing,
  events: [
    ...filing.events,
    ...play(filing, [endorse, worker], [grant, officer])
      .events.slice(1)
      .map((event) => ({ ...event, at: minute(90) })),
  ],
})
const changed = agreed(change, approve(NUMBER, '2026-11-23', '2028-11-23'))

describe('the record of an organization', () => {
  test('there is none before the approval', () => {
    expect(organizationOf([submitted()], '2026-11-23')).toBeUndefined()
    expect(organizationOf([play(submitted(), [{ type: 'withdraw' }, leader])], '2026-11-23')).toBeUndefined()
    expect(organizationOf([], '2026-11-23')).toBeUndefined()
  })

  test('has number, days and answers of its first filing', () => {
    expect(organizationOf([initial], '2026-11-23')).toMatchObject({
      id: 'f1',
      name: '夕阳红志愿服务队',
      filingNumber: NUMBER,
      filedOn: '2026-11-23',
      validUntil: '2028-11-23',
      round: 1,
      state: { type: 'filed' },
      underWay: [],
      answers: initial.answers,
    })
  })

  test('a mistake is put right in the filing that says it now, the last change of the item', () => {
    const record = organizationOf([initial, changed], '2026-11-24')!
    expect(sourceOf(record, 'principalPhone')?.id).toBe('f2')
    expect(sourceOf(record, 'venue')?.id).toBe('f1')
    const right: Act = {
      type: 'correct',
      item: 'principalPhone',
      before: changed.changes?.[0]?.after,
      after: answer('19900000008'),
      reason: '抄错',
    }
    const mended = play(sourceOf(record, 'principalPhone')!, [right, officer])
    const now = organizationOf([initial, mended], '2026-11-24')!
    expect(valueOf(now.answers, 'principalPhone')).toBe('19900000008')
    expect(valueOf(now.versions[0]!.answers, 'principalPhone')).toBe('19900000001')
  })

  test('its roster follows a new leader, who has the position now that the one before had', () => {
    const rows = [
      { name: '王秀英', phone: '19900001234', position: '队长' },
      { name: '李建国', position: '副队长' },
      { name: '赵小兰' },
    ]
    const first = {
      ...initial,
      answers: answersOf({
        principalName: '王秀英',
        principalPosition: '队长',
        principalPhone: '19900001234',
        roster: { rows, done: true },
      }),
    }
    const rosterAfter = (values: Record<string, unknown>) => {
      const changes = Object.entries(values).map(([field, value]) => ({ field, after: answer(value, 60) }))
      const record = organizationOf([first, { ...changed, changes }], '2026-11-24')
      return (valueOf(record?.answers ?? {}, 'roster') as Rows).rows
    }
    expect(rosterAfter({ principalName: '赵小兰', principalPhone: '19900009012' })).toEqual([
      { name: '王秀英', phone: '19900001234' },
      { name: '李建国', position: '副队长' },
      { name: '赵小兰', position: '队长' },
    ])
    expect(rosterAfter({ principalPhone: '19900009999' })[0]).toEqual({ ...rows[0], phone: '19900009999' })
    // Somebody who is not in it is not put there unasked.
    expect(rosterAfter({ principalName: '周桂兰' })).toEqual([
      { name: '王秀英', phone: '19900001234' },
      rows[1],
      rows[2],
    ])
  })

  test('expires after its last day', () => {
    expect(organizationOf([initial], '2028-11-23')?.state).toEqual({ type: 'filed' })
    expect(organizationOf([initial], '2028-11-24')?.state).toEqual({ type: 'expired', on: '2028-11-23' })
  })

  test('a change counts once it is approved, changes only its items and begins no new term', () => {
    const before = organizationOf([initial, change], '2026-11-24')
    expect(before).toMatchObject({ answers: initial.answers, underWay: [{ id: 'f2' }] })
    const after = organizationOf([changed, initial], '2026-11-24')
    expect(after?.answers['principalPhone']).toMatchObject({ value: '19900000009' })
    expect(after).toMatchObject({
      name: '朝阳志愿服务队',
      applicant: 'li',
      validUntil: '2028-11-23',
      round: 1,
      underWay: [],
    })
    expect(after?.versions.map(({ filing }) => filing.id)).toEqual(['f1', 'f2'])
    expect(after?.versions[0]?.answers).toEqual(initial.answers)
  })

  test('a change that was declined or withdrawn changes nothing', () => {
    const withdrawn: Filing = {
      ...change,
      events: [...change.events, { type: 'withdrawn', by: 'li', at: minute(70) }],
    }
    expect(organizationOf([initial, withdrawn], '2026-11-24')).toMatchObject({
      answers: initial.answers,
      underWay: [],
    })
  })

  test('a renewal replaces everything and begins a new term, with every version kept', () => {
    const renewal = agreed(
      draft('f3', {
        kind: 'renewal',
        answers: answersOf({ principalPhone: '19900000005', organizationName: name('朝阳志愿服务队') }),
      }),
      approve('柳北解备〔2028〕7号', '2028-10-01', '2030-10-01'),
    )
    const late = {
      ...renewal,
      events: renewal.events.map((event) => ({ ...event, at: '2028-10-01T02:00:00.000Z' })),
    }
    const record = organizationOf([late, initial, changed], '2029-01-01')
    expect(record).toMatchObject({
      filingNumber: '柳北解备〔2028〕7号',
      earlierNumbers: [NUMBER],
      validUntil: '2030-10-01',
      round: 2,
      state: { type: 'filed' },
      answers: renewal.answers,
    })
    expect(record?.versions.map(({ filing, from }) => `${filing.id} ${from}`)).toEqual([
      'f1 2026-11-23',
      'f2 2026-11-23',
      'f3 2028-10-01',
    ])
  })

  test('a cancellation ends it, and it stays readable', () => {
    const cancellation = agreed(
      draft('f4', { kind: 'cancellation' }),
      approve(NUMBER, '2026-11-23', '2028-11-23'),
    )
    const record = organizationOf([initial, cancellation], '2030-01-01')
    expect(record?.state).toEqual({ type: 'cancelled', on: '2026-11-23' })
    expect(record?.answers).toEqual(initial.answers)
  })

  test('an old filing taken over holds from its own day', () => {
    const imported = submitted({
      events: [
        {
          type: 'imported',
          by: 'lijie',
          at: minute(0),
          filingNumber: '柳北解备〔2022〕3号',
          filedOn: '2022-10-15',
          validUntil: '2024-10-15',
        },
      ],
    })
    expect(organizationOf([imported], '2026-11-23')).toMatchObject({
      filingNumber: '柳北解备〔2022〕3号',
      state: { type: 'expired', on: '2024-10-15' },
      versions: [{ from: '2022-10-15' }],
    })
  })

  test('rounds taken over count in the order of their own days, whichever was taken over first', () => {
    const imported = (id: string, filingNumber: string, year: number, at: number): Filing =>
      draft(id, {
        kind: id === 'f1' ? 'initial' : 'renewal',
        events: [
          {
            type: 'imported',
            by: 'lijie',
            at: minute(at),
            filingNumber,
            filedOn: `${year}-10-15`,
            validUntil: `${year + 2}-10-15`,
          },
        ],
      })
    const rounds = [
      imported('f2', '柳北解备〔2025〕3号', 2025, 1),
      imported('f1', '柳北解备〔2023〕3号', 2023, 2),
    ]
    expect(organizationOf(rounds, '2026-11-23')).toMatchObject({
      filingNumber: '柳北解备〔2025〕3号',
      validUntil: '2027-10-15',
      round: 2,
    })
  })
})

describe('the three copies', () => {
  test('are followed one by one', () => {
    const sealed = play(
      initial,
      [{ type: 'seal', copies: ['committee', 'organization'] }, worker],
      [{ type: 'seal', copies: ['authority', 'committee'] }, officer],
    )
    expect(unsealed(sealed)).toEqual(['organization'])
    const out = play(
      sealed,
      [{ type: 'seal' }, officer],
      [{ type: 'distribute', copies: ['committee'] }, officer],
    )
    expect(unsealed(out)).toEqual([])
    expect(notHandedOut(out)).toEqual(['authority', 'organization'])
    const [, committee] = custodyOf(out)
    expect(committee).toMatchObject({
      copy: 'committee',
      seals: [
        { by: 'wangfang', as: 'community' },
        { by: 'lijie', as: 'street' },
      ],
      handedOut: { by: 'lijie' },
    })
  })

  test('are two where there is no committee', () => {
    expect(custodyOf(submitted({ place: JIEFANG })).map(({ copy }) => copy)).toEqual([
      'authority',
      'organization',
    ])
  })
})
