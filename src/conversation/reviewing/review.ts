import { mayAct, type StepAct } from '../../directory/may-act.ts'
import { isStaff, reachOf, rolesOf, staffName } from '../../directory/scope.ts'
import type { Step } from '../../filings/event.ts'
import { statusOf, waitsFor, type Filing } from '../../filings/filing.ts'
import { standing, whyNot } from '../../filings/possible.ts'
import type { Act, Actor } from '../../filings/review.ts'
import { ledgerRollUp } from '../reminding/ledger-roll-up.ts'
import { withOwnLedger } from '../reminding/ledgers.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { formFor, type Need, type Turn } from '../turn.ts'
import { cardOf, say } from '../interview/asking.ts'
import { showCase, stepCard } from './case.ts'
import type { FormDefinition } from '../../forms/definition.ts'
import { walk } from '../../forms/walk.ts'
import { byName } from './by-name.ts'
import { correct } from './correct.ts'
import { copiesIn } from './custody.ts'
import { expiringList, filedList } from './ledger-lists.ts'
import { namesOnly, whatToMend } from './mend.ts'
import { handOver } from './hand-over.ts'
import { mayAsOffice } from './may-as-office.ts'
import { mendedSince, movedOn, seen } from './seen.ts'
import type { StaffCommand } from './staff-commands.ts'
import { isMine, todo } from './todo.ts'
import { words } from './words.ts'

/** What staff say, in the single chat only: cases hold personal data. */
export function review(talk: Talk, command: StaffCommand): Turn | Need | undefined {
  const { facts, session } = talk
  if (!isStaff(facts.staff, facts.person)) return turn(session, words.noRight)
  if (talk.group) return turn(session, words.singleChat)
  switch (command.type) {
    case 'todo':
      return withCases(talk, (cases) => todo(talk, cases))
    case 'filed':
      if (reachOf(facts.staff, facts.person).size === 0) return turn(session, words.noRight)
      return withCases(talk, (cases) =>
        rolesOf(facts.staff, facts.person).some(({ role }) => role === 'district')
          ? ledgerRollUp(talk, cases)
          : withOwnLedger(talk, filedList(talk, cases)),
      )
    case 'expiring':
      if (reachOf(facts.staff, facts.person).size === 0) return turn(session, words.noRight)
      return withCases(talk, (cases) => expiringList(talk, cases))
    case 'show':
      // The names of the other cases are compared with this one's.
      return withCases(talk, () => withCase(talk, command.which, (filing) => showCase(talk, filing, 0)))
    case 'bare':
      return turn(session, words.whichOne(command.word))
    case 'named':
      return withCases(talk, (cases) => {
        const meant = byName(talk, command, cases)
        return meant && 'type' in meant ? review(talk, meant) : meant
      })
    case 'several':
      return turn(session, words.oneAtATime)
    case 'original':
      return withCase(talk, command.which, (filing) => original(talk, filing, command.reason))
    case 'correct':
      return withCases(talk, () =>
        withCase(talk, command.which, (filing) => correct(talk, filing, command.said)),
      )
    case 'handOver':
      return withCase(talk, command.which, (filing) => handOver(talk, filing, command.to))
    case 'agree':
      return withCase(talk, command.which, (filing) => agree(talk, filing, command))
    case 'return':
      return withCase(talk, command.which, (filing) => giveBack(talk, filing, command))
    case 'decline':
      return withCase(talk, command.which, (filing) => decline(talk, filing, command))
    case 'seal':
    case 'distribute':
      return withCase(talk, command.which, (filing) => paper(talk, filing, command))
  }
}

/** Another page of the case being looked at. */
export function turnPage(talk: Talk, id: string, page: number): Turn | Need {
  const { found } = talk.facts
  if (!(id in found)) return { needs: 'case', which: id }
  const filing = found[id]
  if (!filing || !maySee(talk, filing)) return turn(talk.session, words.noSuchCase(''))
  // The first page compares the case with the others.
  return page > 0 ? showCase(talk, filing, page) : withCases(talk, () => showCase(talk, filing, 0))
}

/** Everything within the person's reach that is not over, as far as the store has told it. */
function withCases<T extends Turn | Need | undefined>(talk: Talk, then: (cases: Filing[]) => T): T | Need {
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
  if (!filing || !maySee(talk, filing)) return turn(session, words.noSuchCase(which))
  return then(filing)
}

const maySee = ({ facts }: Talk, filing: Filing): boolean => mayAsOffice(filing, 'see', facts).ok

/** 同意 is the word of both offices. */
function agree(talk: Talk, filing: Filing, { which, note }: { which: string; note: string }): Turn {
  const said = note ? { note } : {}
  const approve = { type: 'approve' as const, filingNumber: '', filedOn: '', validUntil: '', ...said }
  const ways: Way[] = [
    { act: { type: 'endorse', ...said }, office: 'community' },
    { act: approve, office: 'street' },
  ]
  return act(talk, filing, ways, which)
}

function giveBack(
  talk: Talk,
  filing: Filing,
  { which, items, reason }: { which: string; items: string; reason: string },
): Turn {
  const form = formFor(talk.facts, filing)
  if (reason.trim() === '' || (items === '' && namesOnly(reason, form)))
    return offerReasons(talk, filing, form)
  const [why, note] = reason.split(/[；;，,。\s]*说明[:：]/)
  const what = {
    type: 'return' as const,
    items: whatToMend(items, reason, form),
    reason: why ?? reason,
    ...(note ? { note } : {}),
  }
  const ways: Way[] = [
    { act: what, office: 'community' },
    { act: what, office: 'street' },
  ]
  return act(talk, filing, ways, which)
}

/** The pack's reasons that concern a question of this case, each to be taken by its number. */
function offerReasons({ facts, session }: Talk, filing: Filing, form: FormDefinition): Turn {
  const { fields } = walk(form, filing.answers)
  const reasons = facts.pack.review.returnReasons.flatMap(({ items, text }) => {
    const labels = items.flatMap((item) => fields.find(({ id }) => id === item)?.label ?? [])
    if (labels.length < items.length) return []
    return { item: labels.join('、') || words.onPaper, text }
  })
  const phrases = reasons.map(({ item, text }) => words.giveBack(filing.caseNumber, item, text))
  const card = cardOf(facts.newId(), filing.organizationName, words.returnWhat, [
    ...reasons.map(({ item }, index) => say(String(index + 1), `${index + 1} ${item}`)),
    say(words.show(filing.caseNumber), words.notReturned),
  ])
  return turn(
    { ...session, pending: { type: 'menu', phrases }, card: card.id },
    words.stockReasons(
      filing.caseNumber,
      reasons.map(({ item, text }) => `${item}：${text}`),
    ),
    { card },
  )
}

/** Without a reason it is asked for, where the person could give one. */
function decline(talk: Talk, filing: Filing, { which, reason }: { which: string; reason: string }): Turn {
  if (reason.trim() === '' && waitsFor(filing) === 'street' && isMine(filing, talk.facts)) {
    const card = stepCard(filing, talk.facts)
    return turn(talk.session, words.declineHow(filing.caseNumber), card && { card })
  }
  return act(talk, filing, [{ act: { type: 'decline', reason }, office: 'street' }], which)
}

type OfficeAct = Extract<Act, { type: StepAct }>

/** One thing a word may mean, and the office whose step it then is. */
type Way = { act: OfficeAct; office?: Step }

/**
 * Asks `perform` to do it under the lock. Of what the word may mean, what this person may do and the case has come
 * to. Who holds an office whose step is over hears what became of it; only who holds none hears of rights. With
 * `which`, what was said of an earlier state of the case is not done to the present one.
 */
function act(talk: Talk, filing: Filing, ways: readonly Way[], which?: string): Turn {
  const { facts, session, oldCard } = talk
  const { staff, person } = facts
  const nameOf = (userId: string): string => staffName(staff, userId)
  const tried = ways.map((way) => {
    const permission = mayAct(staff, person, way.act.type, filing, way.office)
    if (!permission.ok) return { way, refused: permission.because }
    const { step = 'street', deputyFor } = permission
    const by: Actor = { userId: person, as: step, ...(deputyFor ? { deputyFor } : {}) }
    return { way, by, late: whyNot(filing, way.act.type, by, nameOf) }
  })
  const chosen = tried.find(({ by, late }) => by !== undefined && late === undefined)
  if (!chosen?.by) {
    const waiting = waitsFor(filing)
    const meant = tried.find(({ way }) => way.office === waiting) ?? tried.at(-1)
    const because = tried.find(({ late }) => late !== undefined)?.late ?? meant?.refused
    return turn(session, because ?? words.noRight)
  }
  const isOwnDoing = filing.events.at(-1)?.by === person
  const isOld = movedOn(session, filing) && (isOwnDoing || !which?.includes('-'))
  const isUnseen = oldCard === true && chosen.way.act.type !== 'return' && mendedSince(session, filing)
  if (which !== undefined && (isOld || isUnseen)) {
    return turn(session, words.movedOn(standing(filing, statusOf(filing), nameOf), filing.caseNumber))
  }
  return {
    session: seen(withoutPending(talk).session, [filing]),
    reply: { text: '' },
    effects: [{ type: 'review', filingId: filing.id, act: chosen.way.act, by: chosen.by }],
  }
}

/** Seals and handing out: of all copies, or of those that are named. */
function paper(
  talk: Talk,
  filing: Filing,
  { type, said }: Extract<StaffCommand, { type: 'seal' | 'distribute' }>,
): Turn {
  const copies = copiesIn(said)
  if (copies?.length === 0) return turn(talk.session, words.whichCopy(filing.caseNumber))
  return act(talk, filing, [{ act: { type, ...(copies ? { copies } : {}) } }])
}

/** Unmasked papers only for a reason, which is kept. */
function original(talk: Talk, filing: Filing, reason: string): Turn {
  const permission = mayAsOffice(filing, 'readPersonal', talk.facts)
  if (!permission.ok) return turn(talk.session, permission.because)
  if ([...reason.trim()].length < 2) return turn(talk.session, words.reasonForOriginal(filing.caseNumber))
  return {
    session: talk.session,
    reply: { text: words.originalFollows },
    effects: [{ type: 'showOriginal', filingId: filing.id, reason: reason.trim() }],
  }
}
