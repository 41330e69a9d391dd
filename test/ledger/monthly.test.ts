import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldTypes } from '../../src/filings/field-types.ts'
import type { Filing } from '../../src/filings/filing.ts'
import {
  closeLedger,
  fingerprintOf,
  monthlyLedger,
  type ClosedLedger,
  type MonthlyLedger,
} from '../../src/filings/monthly-ledger.ts'
import { ledgerMonths } from '../../src/reminders/ledger-months.ts'
import { loadPack } from '../../src/pack.ts'
import { answer, answersOf, JIEFANG, MINGZHU, submitted } from '../filings/cases.ts'

const pack = await loadPack('templates/liubei')
const rules = { jurisdiction: pack.jurisdiction, forms: pack.forms, types: fieldTypes(pack) }
const YARU = '450205002000'
const YALIAN = '450205002001'
const BY = { by: 'lijie', name: '李杰' }

/** A moment in Liuzhou. */
const at = (moment: string): string => new Date(`${moment}:00+08:00`).toISOString()

const approved = (moment: string, number: number, filedOn = moment.slice(0, 10), until?: string) => ({
  type: 'approved' as const,
  by: 'lijie',
  at: at(moment),
  as: 'street' as const,
  filingNumber: `柳北解备〔${filedOn.slice(0, 4)}〕${number}号`,
  filedOn,
  validUntil: until ?? `${Number(filedOn.slice(0, 4)) + 2}${filedOn.slice(4)}`,
})

const filed = (id: string, moment: string, number: number, over: Partial<Filing> = {}): Filing =>
  submitted({
    id,
    organizationName: `第${number}志愿服务队`,
    answers: answersOf({ category: 'service', principalName: '王秀英', memberCount: 12 }),
    events: [{ type: 'submitted', by: 'wang', at: at('2020-01-01T00:00') }, approved(moment, number)],
    ...over,
  })

const later = (
  of: string,
  id: string,
  kind: Filing['kind'],
  grant: Filing['events'][number],
  over: Partial<Filing>,
) => submitted({ id, organizationId: of, kind, events: [grant], ...over })

const of = (
  filings: Filing[],
  month: string,
  now: string,
  previous?: ClosedLedger,
  authority = { code: JIEFANG, name: '解放街道' },
): MonthlyLedger =>
  monthlyLedger(filings, {
    authority,
    month,
    now: new Date(at(now)),
    rules,
    ...(previous ? { previous } : {}),
  })

const closed = (ledger: MonthlyLedger): ClosedLedger => closeLedger(ledger, { ...BY, at: ledger.until })

/** Kind, name and what was and is, of each change. */
const told = ({ changes }: MonthlyLedger): string[] =>
  changes.map(([kind, , name, , item, was, is, on]) =>
    [kind, name, item, was, is, on].filter(Boolean).join('|'),
  )
const names = ({ rows }: MonthlyLedger): string[] => rows.map(({ cells }) => cells[1] ?? '')

const old = filed('a', '2025-03-05T10:00', 1)

describe('what changed', () => {
  test('a new one stands in the ledger of its month, and in the next without a change', () => {
    const filings = [old, filed('b', '2026-11-03T10:00', 2)]
    const november = of(filings, '2026-11', '2026-11-24T10:00')
    expect(names(november)).toEqual(['第1志愿服务队', '第2志愿服务队'])
    expect(told(november)).toEqual(['新备案|第2志愿服务队|2026-11-03'])
    expect(told(of(filings, '2026-12', '2026-12-24T10:00', closed(november)))).toEqual([])
  })

  test('what comes after the ledger was handed in stands in the next one', () => {
    const november = closed(of([old], '2026-11', '2026-11-24T10:00'))
    const filings = [old, filed('b', '2026-11-24T10:01', 2)]
    expect(told(of(filings, '2026-12', '2026-12-23T10:00', november))).toEqual([
      '新备案|第2志愿服务队|2026-11-24',
    ])
  })

  test('a month nobody handed in is caught up in the next', () => {
    const september = closed(of([old], '2026-09', '2026-09-24T10:00'))
    const filings = [old, filed('b', '2026-10-08T10:00', 2), filed('c', '2026-11-08T10:00', 3)]
    expect(told(of(filings, '2026-11', '2026-11-24T10:00', september))).toHaveLength(2)
    expect(told(of(filings, '2026-11', '2026-11-24T10:00'))).toEqual(['新备案|第3志愿服务队|2026-11-08'])
  })

  test('a change says column, before and after; a renewal is one line; a cancellation stands once', () => {
    const november = closed(
      of(
        [old, filed('b', '2025-05-05T10:00', 2), filed('c', '2025-06-05T10:00', 3)],
        '2026-11',
        '2026-11-24T10:00',
      ),
    )
    const filings = [
      old,
      filed('b', '2025-05-05T10:00', 2),
      filed('c', '2025-06-05T10:00', 3),
      later('a', 'a2', 'change', approved('2026-12-02T10:00', 1, '2025-03-05'), {
        changes: [{ field: 'principalName', before: answer('王秀英'), after: answer('李建国') }],
      }),
      later('b', 'b2', 'renewal', approved('2026-12-03T10:00', 9), {
        answers: filed('b', '2025-05-05T10:00', 2).answers,
        organizationName: '第2志愿服务队',
      }),
      later('c', 'c2', 'cancellation', approved('2026-12-04T10:00', 3, '2025-06-05'), {}),
    ]
    const december = of(filings, '2026-12', '2026-12-23T10:00', november)
    expect(told(december)).toEqual([
      '变更|第1志愿服务队|主要负责人|王秀英|李建国|2026-12-02',
      '续办|第2志愿服务队|备案编号、有效期|柳北解备〔2025〕2号，至2027-05-05|柳北解备〔2026〕9号，至2028-12-03|2026-12-03',
      '注销|第3志愿服务队|2026-12-04',
    ])
    const marks = december.columns.indexOf('本月变化')
    expect(december.rows.map(({ cells }) => cells[marks])).toEqual(['变更', '注销', '续办'])
    const january = of(filings, '2027-01', '2027-01-22T10:00', closed(december))
    expect(names(january)).toEqual(['第1志愿服务队', '第2志愿服务队'])
    expect(told(january)).toEqual([])
  })

  test('a lapse is told once, on the day after the last one', () => {
    const lapsing = filed('a', '2024-12-10T10:00', 1)
    const november = closed(of([lapsing], '2026-11', '2026-11-24T10:00'))
    expect(told(of([lapsing], '2026-12', '2026-12-10T23:59', november))).toEqual([])
    const december = of([lapsing], '2026-12', '2026-12-11T00:00', november)
    expect(told(december)).toEqual(['到期|第1志愿服务队|状态|待盖章|已过期|2026-12-10'])
    expect(told(of([lapsing], '2027-01', '2027-01-22T10:00', closed(december)))).toEqual([])
  })

  test('who moves leaves one ledger and enters the other', () => {
    const moving = later('a', 'a2', 'change', approved('2026-11-20T10:00', 1, '2025-03-05'), {
      changes: [
        {
          field: 'activityArea',
          before: answer({ code: MINGZHU, name: '明珠社区' }),
          after: answer({ code: YALIAN, name: '雅莲社区' }),
        },
      ],
    })
    const yaru = { code: YARU, name: '雅儒街道' }
    const filings = [old, moving]
    expect(told(of(filings, '2026-11', '2026-11-24T10:00'))).toEqual(['迁出|第1志愿服务队|2026-11-20'])
    expect(told(of(filings, '2026-11', '2026-11-24T10:00', undefined, yaru))).toEqual([
      '迁入|第1志愿服务队|2026-11-20',
    ])
  })

  test('what was put right after a ledger was handed in stands in the next as 更正, with what it was', () => {
    const november = closed(of([old], '2026-11', '2026-11-24T10:00'))
    const corrected = { ...old, answers: { ...old.answers, ...answersOf({ principalName: '王秀莹' }) } }
    const forgotten = filed('b', '2026-11-23T10:00', 2)
    const december = of([corrected, forgotten], '2026-12', '2026-12-23T10:00', november)
    expect(told(december)).toEqual([
      '更正|第1志愿服务队|主要负责人|王秀英|王秀莹',
      '更正|第2志愿服务队|整行|没有列入|列入',
    ])
    expect(told(of([], '2026-12', '2026-12-23T10:00', november))).toEqual([
      '更正|第1志愿服务队|整行|列入|不再列入',
    ])
    // What was handed in stays as it was, and nothing is told a second time.
    expect(november.rows[0]?.cells).toContain('王秀英')
    expect(told(of([corrected, forgotten], '2027-01', '2027-01-22T10:00', closed(december)))).toEqual([])
  })
})

test('a month that is over ends at midnight in Liuzhou, which is 16:00 UTC', () => {
  const filings = [filed('a', '2026-11-30T23:59', 1), filed('b', '2026-12-01T00:00', 2)]
  const november = of(filings, '2026-11', '2026-12-09T10:00')
  expect(november.until).toBe('2026-11-30T15:59:59.999Z')
  expect(names(november)).toEqual(['第1志愿服务队'])
  expect(told(of(filings, '2026-12', '2026-12-23T10:00', closed(november)))).toEqual([
    '新备案|第2志愿服务队|2026-12-01',
  ])
})

test('nobody reads a whole phone number in it', () => {
  const withPhone = filed('a', '2025-03-05T10:00', 1, {
    answers: answersOf({ principalPhone: '19900001234' }),
  })
  expect(JSON.stringify(of([withPhone], '2026-11', '2026-11-24T10:00'))).not.toContain('19900001234')
})

const someFilings = fc
  .array(
    fc.record({
      number: fc.integer({ min: 1, max: 400 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
      end: fc.constantFrom('none', 'change', 'cancellation', 'renewal'),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    [...new Map(list.map((one) => [one.number, one])).values()].flatMap(({ number, month, day, end }) => {
      const two = (value: number) => String(value).padStart(2, '0')
      const first = filed(`o${number}`, `2025-${two(month)}-${two(day)}T10:00`, number)
      if (end === 'none') return [first]
      const change = { field: 'principalName', after: answer(`负责人${day}`) }
      const grant = approved(
        `2026-11-${two(day)}T09:00`,
        end === 'renewal' ? number + 1000 : number,
        end === 'renewal' ? undefined : `2025-${two(month)}-${two(day)}`,
      )
      const next = later(
        first.id,
        `${first.id}x`,
        end,
        grant,
        end === 'change' ? { changes: [change] } : { answers: first.answers },
      )
      return [first, next]
    }),
  )

test('the same facts give the same ledger and fingerprint, in whatever order they come', () => {
  fc.assert(
    fc.property(
      someFilings.chain((filings) =>
        fc.tuple(fc.constant(filings), fc.shuffledSubarray(filings, { minLength: filings.length })),
      ),
      ([filings, shuffled]) => {
        const [one, other] = [filings, shuffled].map((list) => of(list, '2026-11', '2026-11-24T10:00')) as [
          MonthlyLedger,
          MonthlyLedger,
        ]
        expect(JSON.stringify(other)).toBe(JSON.stringify(one))
        expect(fingerprintOf(other)).toBe(fingerprintOf(one))
      },
    ),
  )
})

test('what was handed in is not put right by itself; another fact gives another fingerprint', () => {
  fc.assert(
    fc.property(someFilings, (filings) => {
      const november = closed(of(filings, '2026-11', '2026-11-24T10:00'))
      const next = of(filings, '2026-12', '2026-11-24T10:00', november)
      expect(next.changes.filter(([kind]) => kind === '更正')).toEqual([])
      const more = of([...filings, filed('new', '2026-11-20T10:00', 999)], '2026-11', '2026-11-24T10:00')
      expect(fingerprintOf(more)).not.toBe(november.fingerprint)
    }),
  )
})

test.each([
  // The 24th of November 2026 is a Tuesday; five working days before it is the 17th.
  [
    '2026-11-16',
    [
      ['2026-10', true],
      ['2026-11', false],
    ],
  ],
  [
    '2026-11-17',
    [
      ['2026-10', true],
      ['2026-11', true],
    ],
  ],
  // In 春节 (15–23 February) nothing is worked: it opens on the 10th.
  [
    '2026-02-09',
    [
      ['2026-01', true],
      ['2026-02', false],
    ],
  ],
  [
    '2026-02-10',
    [
      ['2026-01', true],
      ['2026-02', true],
    ],
  ],
  // The 24th of January 2026 is a Saturday: the last working day is the 23rd.
  [
    '2026-01-15',
    [
      ['2025-12', true],
      ['2026-01', false],
    ],
  ],
  [
    '2026-01-16',
    [
      ['2025-12', true],
      ['2026-01', true],
    ],
  ],
  [
    '2026-12-01',
    [
      ['2026-11', true],
      ['2026-12', false],
    ],
  ],
])('on %s the months open for handing in are %j', (day, months) => {
  const found = ledgerMonths(pack.duties, pack.calendar, day)
  expect(found.map(({ month, opens }) => [month, opens <= day])).toEqual(months)
})
