import { charterDefaults } from '../../filings/charter/defaults.ts'
import { articleNumbers, checkCharter } from '../../filings/charter/check.ts'
import { findingLine } from '../../filings/charter/finding.ts'
import { chineseNumeral } from '../../filings/charter/numerals.ts'
import { ACTIVITY_AREA, isOpen, placeIn } from '../../filings/filing.ts'
import { normalizeName } from '../../filings/names.ts'
import { placeByCode, type Place } from '../../filings/places.ts'
import { valueOf, type Answers } from '../../forms/answers.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import { advance } from '../interview/advance.ts'
import { askConsent, consentMissing } from '../consent.ts'
import { newDraft } from './correction.ts'
import { withDraft } from '../interview/filling.ts'
import { organizationsOf } from './from-record.ts'
import { documentsOf } from '../interview/read-back.ts'
import type { Charter, Draft } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { tidy } from '../tidy.ts'
import { formFor, formOf, type Facts, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'
import { isNoMore } from '../yes-no.ts'

type Base = { id: string; which: string; name: string; answers: Answers }

/** What a charter can be written for: every organization on record, and what was handed in and is not on record yet. */
function basesOf(facts: Facts): Base[] {
  const filed = organizationsOf(facts)
    .filter(({ state }) => state.type !== 'cancelled')
    .map(({ id, filingNumber, name, answers }) => ({ id, which: filingNumber, name, answers }))
  const open = facts.filings
    .filter((filing) => filing.kind === 'initial' && isOpen(filing))
    .map(({ id, caseNumber, organizationName, answers }) => ({
      id,
      which: caseNumber,
      name: organizationName,
      answers,
    }))
  return [...filed, ...open]
}

const placeOf = (answers: Answers, facts: Facts): Place | undefined => {
  const area = answers[ACTIVITY_AREA]
  const code = area && placeIn(area)
  return code === undefined ? undefined : placeByCode(code, facts.pack.jurisdiction)
}

/** 章程: of the organization meant, or a numbered choice; asks only what the filing does not know (附件4). */
export function beginCharter(talk: Talk, which?: string): Turn {
  const { facts, session } = talk
  if (talk.group) return turn(session, wording.groupPrivate)
  const bases = basesOf(facts).filter((one) => which === undefined || one.which === which)
  if (bases.length > 1) {
    const phrases = bases.map((one) => `章程 ${one.which}`)
    const lines = bases.map((one, index) => `${index + 1}. ${one.name}（${one.which}）`)
    return turn({ ...session, pending: { type: 'menu', phrases } }, wording.join(wording.which, ...lines))
  }
  const [base] = bases
  const place = base && placeOf(base.answers, facts)
  if (!base || !place) return turn(session, wording.charterNeedsFiling)
  const stamp = { by: facts.person, at: facts.now.toISOString() }
  const defaults = Object.entries(charterDefaults(base.answers, place, facts.pack))
  const kept = session.charters.find(({ organization }) => organization === base.id)
  const draft: Draft = {
    ...newDraft('charter', facts),
    answers: {
      ...Object.fromEntries(defaults.map(([field, value]) => [field, { value, ...stamp }])),
      ...(kept && ownWords(kept, facts)),
    },
    rested: kept ? formOf(facts, 'charter').sittings.map(({ id }) => id) : [],
    record: { organization: base.id, answers: base.answers },
  }
  const begun: Talk = {
    ...withoutPending(talk),
    session: { ...withDraft(session, draft), pending: undefined },
  }
  const lead = [kept ? wording.charterAgain(base.name) : wording.charterBegun(base.name)]
  return consentMissing(begun) ? askConsent(begun, lead) : advance(begun, draft, lead, false)
}

/** What was answered for a charter itself; what only followed from the record then follows from the one of today. */
function ownWords({ answers, record }: Charter, facts: Facts): Answers {
  const place = placeOf(record, facts)
  const followed: Record<string, unknown> = place ? charterDefaults(record, place, facts.pack) : {}
  return Object.fromEntries(
    Object.entries(answers).filter(([field]) => valueOf(answers, field) !== followed[field]),
  )
}

/** A finished charter is kept beside the person's session; it is not handed in for review. */
export function keepCharter(talk: Talk, draft: Draft): Turn {
  const { facts, session } = talk
  const kept: Charter = {
    id: draft.id,
    organization: draft.record?.organization ?? '',
    at: facts.now.toISOString(),
    answers: draft.answers,
    record: draft.record?.answers ?? {},
  }
  const others = session.charters.filter(({ organization }) => organization !== kept.organization)
  const next = {
    ...session,
    active: undefined,
    pending: undefined,
    drafts: session.drafts.filter(({ id }) => id !== draft.id),
    charters: [...others, kept],
  }
  return turn(next, wording.charterKept, {
    documents: documentsOf(formFor(facts, draft), 'charter', draft.id, kept.record, facts),
  })
}

/** 章程检查: waits for the charter somebody wrote. */
export function awaitCharter(talk: Talk): Turn {
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  return turn({ ...talk.session, pending: { type: 'charterCheck' } }, wording.charterSend)
}

const MOST_FINDINGS = 30
/** Of a pasted charter, over all its messages. */
const LONGEST_PASTED = 40_000
/** Shorter words between two pieces are something else that is said. */
const PIECE = 30

/**
 * A message while 章程检查 waits. One may hold only so much, so a charter comes in several: they are put together
 * until the last article is there, or 没有了 is said. Undefined when it is no piece of a charter.
 */
export function hearCharter(talk: Talk, soFar = ''): Turn | undefined {
  const { text, facts, session } = talk
  if (soFar !== '' && isNoMore(tidy(text))) return examineCharter(talk, soFar)
  const numbers = articleNumbers(text, facts.charterModel)
  if (numbers.length === 0 && (soFar === '' || text.length < PIECE || looksLikeQuestion(text)))
    return undefined
  // A message may end in the middle of a sentence.
  const isWhole = soFar === '' || /[。；;：:]\s*$/u.test(soFar) || /^\s*[第（(]/u.test(text)
  const whole = `${soFar}${isWhole ? '\n' : ''}${text}`.slice(0, LONGEST_PASTED)
  const last = facts.charterModel.articles.length
  if (numbers.includes(last) || whole.length === LONGEST_PASTED) return examineCharter(talk, whole)
  const reached = Math.max(...articleNumbers(whole, facts.charterModel))
  return turn(
    { ...session, pending: { type: 'charterCheck', soFar: whole } },
    wording.charterGoesOn(chineseNumeral(reached)),
  )
}

/** Compares a charter with the 19 articles, and with form and roster where there are any. */
export function examineCharter(talk: Talk, text: string): Turn {
  const { facts, session } = talk
  if (articleNumbers(text, facts.charterModel).length === 0) return turn(session, wording.charterNoArticles)
  const record = baseNamedIn(text, facts)?.answers
  const place = record && placeOf(record, facts)
  const findings = checkCharter(text, {
    model: facts.charterModel,
    jurisdiction: facts.pack.jurisdiction,
    record,
    place,
    today: facts.today,
  })
  const lines = findings.slice(0, MOST_FINDINGS).map(findingLine)
  const more = findings.length - lines.length
  const said = wording.join(
    findings.length === 0 ? wording.charterSound : wording.charterFindings(findings.length),
    ...lines,
    more > 0 && wording.moreRows(more),
  )
  return standing(withoutPending(talk), [said])
}

/** The organization the charter names, else the latest: somebody may lead two. */
function baseNamedIn(text: string, facts: Facts): Base | undefined {
  const bases = basesOf(facts)
  const said = normalizeName(text)
  return bases.findLast(({ name }) => said.includes(normalizeName(name))) ?? bases.at(-1)
}
