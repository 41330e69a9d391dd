import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FilingEvent } from '../../src/filings/event.ts'
import { closed } from '../../src/filings/closing.ts'
import { assigneeOf, Filing, grantOf, PAPERS, statusOf, waitsFor } from '../../src/filings/filing.ts'
import { decide, possibleActs, type Act, type Actor } from '../../src/filings/review.ts'
import {
  answer,
  approve,
  giveBack,
  JIEFANG,
  lastEvent,
  leader,
  minute,
  officer,
  play,
  refused,
  resubmit,
  submitted,
  worker,
} from './cases.ts'

const endorse: Act = { type: 'endorse' }
const seal: Act = { type: 'seal' }
const distribute: Act = { type: 'distribute' }
const withdraw: Act = { type: 'withdraw' }
const decline: Act = { type: 'decline', reason: '不符合备案条件' }

describe('from submitted to filed', () => {
  test('the committee agrees, the authority agrees, seals, and the copies go out', () => {
    const story = submitted()
    expect([statusOf(story), waitsFor(story)]).toEqual(['submitted', 'community'])
    const endorsed = play(story, [endorse, worker])
    expect([statusOf(endorsed), waitsFor(endorsed)]).toEqual(['endorsed', 'street'])
    const approved = play(endorsed, [approve, officer])
    expect([statusOf(approved), waitsFor(approved)]).toEqual(['approved', 'street'])
    expect(grantOf(approved)).toMatchObject({ filingNumber: '柳北解备〔2026〕1号', validUntil: '2028-11-23' })
    const done = play(approved, [seal, officer], [distribute, officer])
    expect([statusOf(done), waitsFor(done)]).toEqual(['distributed', undefined])
    expect(Filing.parse(done)).toEqual(done)
  })

  test('an organization of street level has no committee to wait for', () => {
    const story = submitted({ place: JIEFANG })
    expect(waitsFor(story)).toBe('street')
    expect(refused(story, endorse, worker)).toContain('没有社区这一步')
    expect(statusOf(play(story, [approve, officer]))).toBe('approved')
    const sealed = play(story, [approve, officer], [seal, officer])
    const forCommittee: Act = { type: 'distribute', copies: ['committee'] }
    expect(refused(sealed, forCommittee, officer)).toContain('没有居（村）委会那一份')
    expect(statusOf(play(sealed, [distribute, officer]))).toBe('distributed')
  })

  test('it is sealed when every copy is, and complete when every copy was handed out', () => {
    const approved = play(submitted(), [endorse, worker], [approve, officer])
    const two = play(approved, [{ type: 'seal', copies: ['authority', 'committee'] }, officer])
    expect(statusOf(two)).toBe('approved')
    const sealed = play(two, [seal, officer])
    expect(lastEvent(sealed)).toMatchObject({ copies: ['organization'] })
    expect(statusOf(sealed)).toBe('sealed')
    const one = play(sealed, [{ type: 'distribute', copies: ['organization'] }, worker])
    expect(statusOf(one)).toBe('sealed')
    expect(refused(one, { type: 'distribute', copies: ['organization'] }, officer)).toContain('不能重复登记')
    expect(statusOf(play(one, [distribute, officer]))).toBe('distributed')
  })

  test('the seal of the committee is recorded and changes nothing else', () => {
    const endorsed = play(submitted(), [endorse, worker], [seal, worker])
    expect(statusOf(endorsed)).toBe('endorsed')
    expect(refused(endorsed, seal, worker)).toContain('不能重复登记')
    const approved = play(submitted(), [endorse, worker], [approve, officer], [seal, worker])
    expect(statusOf(approved)).toBe('approved')
    expect(statusOf(play(approved, [seal, officer]))).toBe('sealed')
  })

  test('a deputy is named', () => {
    const by: Actor = { userId: 'zhaomin', as: 'street', deputyFor: '解放街道办事处' }
    const approved = play(submitted(), [endorse, worker], [approve, by])
    expect(lastEvent(approved)).toMatchObject({ as: 'street', deputyFor: '解放街道办事处', by: 'zhaomin' })
  })
})

describe('returned for correction', () => {
  test('it goes back to the same step and the same person', () => {
    const back = play(
      submitted(),
      [endorse, worker],
      [giveBack('venue'), officer],
      [(now) => resubmit(now), leader],
    )
    expect([statusOf(back), waitsFor(back), assigneeOf(back)]).toEqual(['endorsed', 'street', 'lijie'])
    const again = play(submitted(), [giveBack('venue'), worker], [(now) => resubmit(now), leader])
    expect([statusOf(again), waitsFor(again), assigneeOf(again)]).toEqual([
      'submitted',
      'community',
      'wangfang',
    ])
    expect(assigneeOf(play(again, [endorse, worker]))).toBeUndefined()
  })

  test('the old answers are kept in the history', () => {
    const venue = { address: '跃进路60号', area: 90 }
    const story = submitted()
    const back = play(story, [giveBack('venue'), worker], [(now) => resubmit(now, { venue }), leader])
    expect(back.answers['venue']).toMatchObject({ value: venue })
    expect(lastEvent(back)).toMatchObject({ before: { venue: story.answers['venue'] } })
    expect(lastEvent(back)).not.toHaveProperty('before.principalPhone')
  })

  test('one that has moved to another place begins anew there', () => {
    const moved = play(
      submitted(),
      [endorse, worker],
      [giveBack('activityArea'), officer],
      [
        (now) => ({
          type: 'resubmit',
          revised: {
            answers: now.answers,
            organizationName: now.organizationName,
            place: '450205002001',
          },
        }),
        leader,
      ],
    )
    expect([statusOf(moved), waitsFor(moved), assigneeOf(moved)]).toEqual([
      'submitted',
      'community',
      undefined,
    ])
  })

  test.each([
    [giveBack(), 'items', '没有说退回哪一栏'],
    [{ type: 'return', items: ['venue'], reason: ' ' } satisfies Act, 'reason', '理由'],
    [{ type: 'return', items: ['venue'], reason: '长'.repeat(501) } satisfies Act, 'reason', '最多500个字'],
  ])('names what is wrong and why', (act, needs, because) => {
    const decision = decide(submitted(), act, worker, minute(1))
    expect(decision).toMatchObject({ ok: false, needs, because: expect.stringContaining(because) })
  })

  test('what could be seen the first time needs a note the second time', () => {
    const back = play(submitted(), [giveBack('venue'), worker], [(now) => resubmit(now), leader])
    const second = giveBack('venue', 'principalPhone')
    expect(decide(back, second, worker, minute(30))).toMatchObject({ ok: false, needs: 'note' })
    const noted = decide(back, { ...second, note: '上次漏看了电话' } as Act, worker, minute(30))
    expect(noted).toMatchObject({ ok: true, event: { repeat: true, note: '上次漏看了电话' } })
  })

  test('what was named the first time, is new since then, or stands on paper needs no note', () => {
    const changed = (now: Filing): Act => resubmit(now, { principalPhone: '19900000002' }, 15)
    const back = play(submitted(), [giveBack('venue'), worker], [changed, leader])
    const decision = decide(back, giveBack('venue', 'principalPhone', PAPERS), worker, minute(30))
    expect(decision).toMatchObject({ ok: true })
    expect(decision).not.toHaveProperty('event.repeat')
  })

  test('the committee having returned it does not bind the authority', () => {
    const back = play(
      submitted(),
      [giveBack('venue'), worker],
      [(now) => resubmit(now), leader],
      [endorse, worker],
    )
    expect(decide(back, giveBack('principalPhone'), officer, minute(50))).toMatchObject({ ok: true })
  })
})

describe('not at all', () => {
  test('declining needs a reason of four characters and ends the case', () => {
    const endorsed = play(submitted(), [endorse, worker])
    expect(refused(endorsed, { type: 'decline', reason: '不行 ' }, officer)).toContain('至少4个字')
    const declined = play(endorsed, [decline, officer])
    expect(statusOf(declined)).toBe('declined')
    expect(possibleActs(declined, officer)).toEqual([])
    expect(possibleActs(declined, leader)).toEqual([])
  })

  test('withdrawing is possible until the approval, to the applicant', () => {
    const endorsed = play(submitted(), [endorse, worker])
    const returned = play(endorsed, [giveBack('venue'), officer])
    for (const open of [submitted(), endorsed, returned]) {
      expect(statusOf(play(open, [withdraw, leader]))).toBe('withdrawn')
      expect(refused(open, withdraw, { userId: 'li', as: 'applicant' })).toContain('无权')
    }
    expect(refused(play(endorsed, [approve, officer]), withdraw, leader)).toContain('不能撤回')
  })

  test('nobody acts on an application of their own, or one they typed', () => {
    const own: Actor = { userId: 'wang', as: 'community' }
    expect(refused(submitted(), endorse, own)).toContain('您自己的申请')
    const typed = submitted({ events: [{ type: 'submitted', by: 'wangfang', at: minute(0), helper: true }] })
    expect(refused(typed, endorse, worker)).toContain('您自己的申请')
    expect(possibleActs(typed, worker)).toEqual([])
  })
})

describe('of two acts at once the second is told who was first', () => {
  const nameOf = (id: string): string => ({ wangfang: '王芳', lijie: '李杰' })[id] ?? id
  const endorsed = play(submitted(), [endorse, worker])
  const approved = play(endorsed, [approve, officer])

  test.each<[string, Filing, Act, Actor, string]>([
    ['endorse', endorsed, endorse, worker, '不能同意：社区已经由王芳同意'],
    ['return', endorsed, giveBack('venue'), worker, '不能退回：社区已经由王芳同意'],
    ['approve', approved, approve, officer, '不能同意备案：已经由李杰同意备案（柳北解备〔2026〕1号）'],
    ['decline', approved, decline, officer, '不能作出不予备案的决定：已经由李杰同意备案'],
    ['seal', play(approved, [seal, officer]), seal, officer, '不能登记盖章：已经由李杰登记盖章'],
    ['withdraw', play(submitted(), [withdraw, leader]), endorse, worker, '不能同意：申请人已经撤回'],
    [
      'return twice',
      play(submitted(), [giveBack('venue'), worker]),
      giveBack('venue'),
      worker,
      '已经由王芳退回',
    ],
  ])('%s', (_name, filing, act, by, expected) => {
    expect(refused(filing, act, by, nameOf)).toContain(expected)
  })
})

test('which office may do what is a table', () => {
  const stories: Record<string, Filing> = {
    submitted: submitted(),
    endorsed: play(submitted(), [endorse, worker]),
    returned: play(submitted(), [giveBack('venue'), worker]),
    approved: play(submitted(), [endorse, worker], [approve, officer]),
    sealed: play(submitted(), [endorse, worker], [approve, officer], [seal, officer]),
    distributed: play(
      submitted(),
      [endorse, worker],
      [approve, officer],
      [seal, officer],
      [distribute, officer],
    ),
  }
  const table = Object.fromEntries(
    Object.entries(stories).map(([status, filing]) => [
      status,
      [worker, officer, leader].map((by) => possibleActs(filing, by).join(' ')),
    ]),
  )
  expect(table).toEqual({
    submitted: ['endorse return', '', 'withdraw'],
    endorsed: ['seal', 'approve return decline', 'withdraw'],
    returned: ['', '', 'resubmit withdraw'],
    approved: ['seal', 'seal correct', ''],
    sealed: ['seal distribute', 'distribute correct', ''],
    distributed: ['', 'correct', ''],
  })
})

describe('a slip put right after the approval', () => {
  const approved = play(submitted(), [endorse, worker], [approve, officer])

  test('keeps what stood there', () => {
    const after = answer({ address: '跃进路58号', area: 18 }, 40, 'lijie')
    const before = approved.answers['venue']
    const act: Act = { type: 'correct', item: 'venue', before, after, reason: '面积笔误' }
    const corrected = play(approved, [act, officer])
    expect(statusOf(corrected)).toBe('approved')
    expect(corrected.answers['venue']).toEqual(after)
    expect(lastEvent(corrected)).toMatchObject({ item: 'venue', before })
    expect(refused(submitted(), act, officer)).toContain('不能更正')
    // Of two who saw the same one wins.
    expect(refused(corrected, act, officer)).toContain('刚才有人改过')
    const empty: Act = { ...act, before: undefined }
    expect(refused(corrected, empty, officer)).toContain('刚才有人改过')
    expect(refused(approved, { ...empty, item: 'filingNumber' }, officer)).toContain('同意备案时定的')
  })

  test('of a name names the filing, of a change stands in the change', () => {
    const name = { full: '柳州市柳北区解放街道明珠社区夕阳红艺术团', rest: '夕阳红艺术团' }
    const before = approved.answers['organizationName']
    const act: Act = {
      type: 'correct',
      item: 'organizationName',
      before,
      after: answer(name),
      reason: '名称笔误',
    }
    expect(play(approved, [act, officer]).organizationName).toBe(name.full)
    const changes = [{ field: 'venue', after: answer({ address: '跃进路60号', area: 9 }) }]
    const change = play(submitted({ kind: 'change', changes }), [endorse, worker], [approve, officer])
    const after = answer({ address: '跃进路60号', area: 90 })
    const was = changes[0]?.after
    const mend: Act = { type: 'correct', item: 'venue', before: was, after, reason: '面积笔误' }
    const corrected = play(change, [mend, officer])
    expect(corrected.changes).toEqual([{ field: 'venue', after }])
    expect(corrected.answers).toEqual(change.answers)
  })
})

const actors = [
  leader,
  worker,
  officer,
  { userId: 'li', as: 'applicant' },
  { userId: 'wang', as: 'street' },
] as const
const acts: Act[] = [
  endorse,
  approve,
  decline,
  seal,
  distribute,
  withdraw,
  giveBack('venue'),
  giveBack('principalPhone'),
  { type: 'return', items: ['principalPhone'], reason: '电话不对', note: '上次漏看了' },
  { type: 'seal', copies: ['authority'] },
  { type: 'distribute', copies: ['organization'] },
  { type: 'correct', item: 'venue', after: answer('x'), reason: '笔误' },
]
const LEADS: Record<string, string[]> = {
  submitted: ['submitted', 'endorsed', 'approved', 'returned', 'declined', 'withdrawn'],
  endorsed: ['endorsed', 'approved', 'returned', 'declined', 'withdrawn'],
  returned: ['submitted', 'endorsed', 'withdrawn'],
  approved: ['approved', 'sealed'],
  sealed: ['sealed', 'distributed'],
  distributed: ['distributed'],
  declined: [],
  withdrawn: [],
  closed: [],
}

test('no order of acts by whomever leads outside the life cycle, and only a possible act changes anything', () => {
  const moves = fc.array(fc.tuple(fc.nat(acts.length), fc.constantFrom(...actors)), { maxLength: 30 })
  fc.assert(
    fc.property(moves, fc.boolean(), (story, streetLevel) => {
      let filing = submitted(streetLevel ? { place: JIEFANG } : {})
      for (const [index, by] of story) {
        const act = acts[index] ?? resubmit(filing, {}, filing.events.length)
        const before = statusOf(filing)
        const decision = decide(filing, act, by, minute(filing.events.length))
        if (!decision.ok) {
          expect(decision.because).not.toBe('')
          continue
        }
        expect(possibleActs(filing, by)).toContain(act.type)
        expect(LEADS[before]).toContain(statusOf(decision.filing))
        expect(FilingEvent.parse(decision.event)).toEqual(decision.event)
        expect(decision.filing.events).toEqual([...filing.events, decision.event])
        if (decision.event.by === 'wang') {
          expect(['resubmitted', 'withdrawn']).toContain(decision.event.type)
        }
        filing = decision.filing
      }
      const approvals = filing.events.filter(({ type }) => type === 'approved').length
      const agreed = ['approved', 'sealed', 'distributed'].includes(statusOf(filing))
      expect(approvals).toBe(agreed ? 1 : 0)
      if (agreed && !streetLevel) expect(filing.events.map(({ type }) => type)).toContain('endorsed')
      // With the organization it is over, and what was agreed to stays so.
      const ended = closed(filing, 'lijie', minute(60))
      expect(ended === undefined).toBe(waitsFor(filing) === undefined)
      if (ended === undefined) return
      expect(statusOf(ended)).toBe(agreed ? 'distributed' : 'closed')
      expect(actors.flatMap((actor) => possibleActs(ended, actor))).toEqual(
        agreed ? expect.arrayContaining(['correct']) : [],
      )
      expect(refused(ended, seal, officer)).toContain('组织已经注销')
    }),
    { numRuns: 400 },
  )
})

test('any list of events has a status, even one nobody could have brought about', () => {
  const one = (filing: Filing): FilingEvent => filing.events.at(-1) as FilingEvent
  const all: FilingEvent[] = [
    ...play(
      submitted(),
      [giveBack('venue'), worker],
      [(now) => resubmit(now), leader],
      [endorse, worker],
      [approve, officer],
      [{ type: 'seal', copies: ['authority'] }, officer],
      [seal, officer],
      [distribute, officer],
    ).events,
    one(play(submitted(), [endorse, worker], [decline, officer])),
    one(play(submitted(), [withdraw, leader])),
    { type: 'closed', by: 'li', at: minute(0) },
    {
      type: 'imported',
      by: 'li',
      at: minute(0),
      filingNumber: '1',
      filedOn: '2022-10-15',
      validUntil: '2024-10-15',
    },
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...all), { maxLength: 20 }), fc.boolean(), (events, streetLevel) => {
      const filing = submitted({ events, ...(streetLevel ? { place: JIEFANG } : {}) })
      expect(Object.keys(LEADS)).toContain(statusOf(filing))
      waitsFor(filing)
      assigneeOf(filing)
      possibleActs(filing, officer)
    }),
  )
})
