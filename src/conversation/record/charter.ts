import { charterDefaults } from '../../filings/charter/defaults.ts'
import { checkCharter } from '../../filings/charter/check.ts'
import { findingLine } from '../../filings/charter/finding.ts'
import { ACTIVITY_AREA, isOpen, organizationIdOf, placeIn } from '../../filings/filing.ts'
import { placeByCode, type Place } from '../../filings/places.ts'
import type { Answers } from '../../forms/answers.ts'
import { advance } from '../interview/advance.ts'
import { askConsent, consentMissing } from '../consent.ts'
import { newDraft } from './correction.ts'
import { withDraft } from '../interview/filling.ts'
import { organizationsOf } from './from-record.ts'
import { documentsOf } from '../interview/read-back.ts'
import type { Charter, Draft } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { formFor, type Facts, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

type Base = { id: string; name: string; answers: Answers }

/** What a charter can be written for: an organization on record, else what was last handed in. */
function baseOf(facts: Facts): Base | undefined {
  const filed = organizationsOf(facts).findLast(({ state }) => state.type !== 'cancelled')
  if (filed) return { id: filed.id, name: filed.name, answers: filed.answers }
  const open = facts.filings.findLast((filing) => filing.kind === 'initial' && isOpen(filing))
  return open && { id: organizationIdOf(open), name: open.organizationName, answers: open.answers }
}

const placeOf = (answers: Answers, facts: Facts): Place | undefined => {
  const area = answers[ACTIVITY_AREA]
  const code = area && placeIn(area)
  return code === undefined ? undefined : placeByCode(code, facts.pack.jurisdiction)
}

/** 章程: asks only what the filing does not know (附件4). */
export function beginCharter(talk: Talk): Turn {
  const { facts, session } = talk
  if (talk.group) return turn(session, wording.groupPrivate)
  const base = baseOf(facts)
  const place = base && placeOf(base.answers, facts)
  if (!base || !place) return turn(session, wording.charterNeedsFiling)
  const stamp = { by: facts.person, at: facts.now.toISOString() }
  const defaults = Object.entries(charterDefaults(base.answers, place, facts.pack))
  const draft: Draft = {
    ...newDraft('charter', facts),
    answers: Object.fromEntries(defaults.map(([field, value]) => [field, { value, ...stamp }])),
    record: { organization: base.id, answers: base.answers },
  }
  const begun: Talk = {
    ...withoutPending(talk),
    session: { ...withDraft(session, draft), pending: undefined },
  }
  const lead = [wording.charterBegun(base.name)]
  return consentMissing(begun) ? askConsent(begun, lead) : advance(begun, draft, lead, false)
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

/** Compares a charter with the 19 articles, and with form and roster where there are any. */
export function examineCharter(talk: Talk, text: string): Turn {
  const { facts } = talk
  const record = baseOf(facts)?.answers
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
