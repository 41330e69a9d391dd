import { mayAct, type StepAct } from '../../directory/may-act.ts'
import { isStaff, reachOf } from '../../directory/scope.ts'
import { PAPERS, waitsFor, type Filing } from '../../filings/filing.ts'
import type { Act, Actor } from '../../filings/review.ts'
import { findFields } from '../filling.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { formFor, type Need, type Turn } from '../turn.ts'
import { showCase } from './case.ts'
import { expiringList, filedList } from './ledger-lists.ts'
import type { StaffCommand } from './staff-commands.ts'
import { todo } from './todo.ts'
import { words } from './words.ts'

/** What staff say, in the single chat only: cases hold personal data. */
export function review(talk: Talk, command: StaffCommand): Turn | Need {
  const { facts, session } = talk
  if (!isStaff(facts.staff, facts.person)) return turn(session, words.noRight)
  if (talk.group) return turn(session, words.singleChat)
  switch (command.type) {
    case 'todo':
      return withCases(talk, (cases) => todo(talk, cases))
    case 'filed':
      return withCases(talk, (cases) => filedList(talk, cases))
    case 'expiring':
      return withCases(talk, (cases) => expiringList(talk, cases))
    case 'show':
      // The names of the other cases are compared with this one's.
      return withCases(talk, () => withCase(talk, command.which, (filing) => showCase(talk, filing, 0)))
    case 'original':
      return withCase(talk, command.which, (filing) => original(talk, filing, command.reason))
    case 'agree':
      return withCase(talk, command.which, (filing) => agree(talk, filing, command.note))
    case 'return':
      return withCase(talk, command.which, (filing) => giveBack(talk, filing, command.items, command.reason))
    case 'decline':
      return withCase(talk, command.which, (filing) =>
        act(talk, filing, { type: 'decline', reason: command.reason }),
      )
    case 'seal':
    case 'distribute':
      return withCase(talk, command.which, (filing) => act(talk, filing, { type: command.type }))
  }
}

/** Another page of the case being looked at. */
export function turnPage(talk: Talk, id: string, page: number): Turn | Need {
  const { found } = talk.facts
  if (!(id in found)) return { needs: 'case', which: id }
  const filing = found[id]
  if (!filing || !mayAct(talk.facts.staff, talk.facts.person, 'see', filing).ok)
    return turn(talk.session, words.noSuchCase(''))
  return showCase(talk, filing, page)
}

/** Everything within the person's reach that is not over, as far as the store has told it. */
function withCases(talk: Talk, then: (cases: Filing[]) => Turn | Need): Turn | Need {
  const { cases } = talk.facts
  return cases ? then(cases) : { needs: 'cases', places: [...reachOf(talk.facts.staff, talk.facts.person)] }
}

/** The case a number of the list last shown or a case number means, if the person may see it. */
function withCase(talk: Talk, which: string, then: (filing: Filing) => Turn | Need): Turn | Need {
  const { facts, session } = talk
  const id = which.includes('-') ? undefined : session.listed[Number(which) - 1]
  if (!which.includes('-') && id === undefined) return turn(session, words.noSuchCase(which))
  const key = id ?? which
  if (!(key in facts.found)) {
    const places = id === undefined ? { places: [...reachOf(facts.staff, facts.person)] } : {}
    return { needs: 'case', which: key, ...places }
  }
  const filing = facts.found[key]
  // A case outside one's reach is not admitted to exist.
  if (!filing || !mayAct(facts.staff, facts.person, 'see', filing).ok)
    return turn(session, words.noSuchCase(which))
  return then(filing)
}

/** 同意 is the act of whichever office the case waits for. */
function agree(talk: Talk, filing: Filing, note: string): Turn {
  const said = note ? { note } : {}
  return waitsFor(filing) === 'community'
    ? act(talk, filing, { type: 'endorse', ...said })
    : act(talk, filing, { type: 'approve', filingNumber: '', filedOn: '', validUntil: '', ...said })
}

function giveBack(talk: Talk, filing: Filing, items: string, reason: string): Turn {
  const form = formFor(talk.facts, filing)
  const named = items.split(/[、,，;；\s]+/).filter(Boolean)
  const fields = named.flatMap((name) => {
    const found = findFields(name, form.fields)
    return found.length > 0 ? [found[0]!.id] : /(盖章|签字|签名|纸|材料|附件)/.test(name) ? [PAPERS] : []
  })
  if (reason.trim() === '') return turn(talk.session, words.stockReasons(filing.caseNumber))
  const guessed = fields.length > 0 ? fields : findFields(firstWords(reason), form.fields).map(({ id }) => id)
  const [why, note] = reason.split(/[；;，,。\s]*说明[:：]/)
  const said = note ? { note } : {}
  return act(talk, filing, {
    type: 'return',
    items: guessed.length > 0 ? guessed : [PAPERS],
    reason: why ?? reason,
    ...said,
  })
}

/** 「联系电话少一位」 without a colon begins with the field's name. */
const firstWords = (reason: string): string => reason.slice(0, 6)

type OfficeAct = Extract<Act, { type: StepAct }>

/** Asks `perform` to do it under the lock; here only whether the person sits in that office. */
function act(talk: Talk, filing: Filing, what: OfficeAct): Turn {
  const { facts } = talk
  const waiting = waitsFor(filing)
  const office = what.type === 'return' && waiting !== 'applicant' ? waiting : undefined
  const permission = mayAct(facts.staff, facts.person, what.type, filing, office)
  if (!permission.ok) return turn(talk.session, permission.because)
  const by: Actor = {
    userId: facts.person,
    as: permission.step ?? 'street',
    ...(permission.deputyFor ? { deputyFor: permission.deputyFor } : {}),
  }
  return {
    session: withoutPending(talk).session,
    reply: { text: '' },
    effects: [{ type: 'review', filingId: filing.id, act: what, by }],
  }
}

/** Unmasked papers only for a reason, which is kept. */
function original(talk: Talk, filing: Filing, reason: string): Turn {
  const permission = mayAct(talk.facts.staff, talk.facts.person, 'readPersonal', filing)
  if (!permission.ok) return turn(talk.session, permission.because)
  if ([...reason.trim()].length < 2) return turn(talk.session, words.reasonForOriginal(filing.caseNumber))
  return {
    session: talk.session,
    reply: { text: words.originalFollows },
    effects: [{ type: 'showOriginal', filingId: filing.id, reason: reason.trim() }],
  }
}
