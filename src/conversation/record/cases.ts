import { workingDaysBetween } from '../../calendar.ts'
import { dayOf, inChinese } from '../../clock.ts'
import { grantOf, isOpen, organizationIdOf, statusOf, waitsFor, type Filing } from '../../filings/filing.ts'
import { hasCommunityStep } from '../../filings/place-code.ts'
import type { Organization } from '../../filings/organization.ts'
import { placeByCode, placeInWords } from '../../filings/places.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import { findFields, known, walkDraft } from '../interview/filling.ts'
import { organizationsOf } from './from-record.ts'
import { documentsOf, draftDocuments, missingFields, organizationName } from '../interview/read-back.ts'
import type { Charter, Draft } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, type Talk } from '../talk.ts'
import { formFor, formOf, type Facts, type Turn } from '../turn.ts'
import { caseWords, officesOf } from './case-words.ts'
import { wording } from '../wording.ts'

const CASE_NUMBER = /^\d{4}-\d{1,6}$/

/** Half-filled at any moment: the papers of a draft or of a case, a numbered choice when there are several. */
export function print(talk: Talk, draft: Draft | undefined, which: string | undefined): Turn {
  const { facts, session } = talk
  if (talk.group) return turn(session, wording.groupPrivate)
  const { filings } = facts
  const { charters } = session
  const drafts = [...session.drafts].sort((a, b) => Number(b === draft) - Number(a === draft))
  if (which) {
    const drawn = drafts[drafts.findIndex((_, index) => which === draftWord(index))]
    if (drawn) return papersOfDraft(talk, drawn)
    const charter = charters[charters.findIndex((_, index) => which === charterWord(index))]
    if (charter) return paperOfCharter(talk, charter)
    if (which === wording.matters.charter && charters.length === 1) return paperOfCharter(talk, charters[0]!)
    const filing = filings.find(
      ({ caseNumber, organizationName }) => caseNumber === which || organizationName.includes(which),
    )
    if (filing) return papersOf(talk, filing)
    // Another one's paper must not be taken for the one that was named.
    if (CASE_NUMBER.test(which)) return standing(talk, [wording.notYourCase(which)])
  }
  // A case that is being corrected is its draft; what was withdrawn is only wanted when there is nothing else.
  const cases = filings.filter(
    (filing) =>
      statusOf(filing) !== 'withdrawn' && !drafts.some(({ correcting }) => correcting === filing.id),
  )
  const papers = drafts.length + cases.length > 0 ? cases : filings
  const choices = [
    ...drafts.map((present, index) => ({
      text: wording.beingFilled(organizationName(formFor(facts, present), known(present), facts)),
      phrase: `打印${draftWord(index)}`,
      open: () => papersOfDraft(talk, present),
    })),
    ...papers.map((filing) => ({
      text: `${filing.organizationName}（${filing.caseNumber}）`,
      phrase: `打印${filing.caseNumber}`,
      open: () => papersOf(talk, filing),
    })),
    ...charters.map((charter, index) => ({
      text: wording.charterOf(charterName(charter, facts)),
      phrase: `打印${charterWord(index)}`,
      open: () => paperOfCharter(talk, charter),
    })),
  ]
  const [only] = choices
  if (!only) return turn(session, wording.nothingToPrint)
  if (choices.length === 1) return only.open()
  const text = wording.join(wording.which, ...choices.map(({ text }, index) => `${index + 1}. ${text}`))
  return turn({ ...session, pending: { type: 'menu', phrases: choices.map(({ phrase }) => phrase) } }, text)
}

/** How the choice names the drafts, the one being filled first. */
const draftWord = (index: number): string => `没填完的第${index + 1}份`

/** How the choice names the finished charters. */
const charterWord = (index: number): string => `第${index + 1}份章程`

const charterName = ({ record }: Charter, facts: Facts): string | undefined =>
  organizationName(formOf(facts, 'initial'), record, facts)

function paperOfCharter(talk: Talk, charter: Charter): Turn {
  const { facts } = talk
  const documents = documentsOf(formOf(facts, 'charter'), 'charter', charter.id, charter.record, facts)
  const told = standing(talk, [wording.documents])
  return { ...told, reply: { ...told.reply, documents } }
}

function papersOfDraft(talk: Talk, draft: Draft): Turn {
  const form = formFor(talk.facts, draft)
  const halfFilled = missingFields(form, draft).length > 0 && wording.halfFilled
  const told = standing(talk, [wording.join(wording.documents, halfFilled)])
  return { ...told, reply: { ...told.reply, documents: draftDocuments(form, draft, talk.facts) } }
}

function papersOf(talk: Talk, filing: Filing): Turn {
  const { facts } = talk
  const form = formFor(facts, filing)
  const documents = documentsOf(form, 'filing', filing.id, filing.answers, facts)
  const told = standing(talk, [wording.documents])
  return { ...told, reply: { ...told.reply, documents } }
}

/** Where a case is, in one sentence. What was filed is what became of it since. */
export function stateInWords(filing: Filing, record: Organization | undefined, { pack }: Facts): string {
  const state = statusOf(filing)
  const { recordState, statusNext } = caseWords
  const opens = filing.kind === 'initial' || filing.kind === 'renewal'
  if (opens && state === 'distributed' && record) {
    if (grantOf(filing)?.filingNumber !== record.filingNumber) return recordState.renewed()
    return stateOfRecord(record)
  }
  const next = state === 'submitted' && !hasCommunityStep(filing.place) ? 'submittedToStreet' : state
  return statusNext[next](filing.kind, officesOf(placeByCode(filing.place, pack.jurisdiction)))
}

export function stateOfRecord({ state }: Organization): string {
  return state.type === 'filed'
    ? caseWords.recordState.filed()
    : caseWords.recordState[state.type](inChinese(state.on))
}

/** Where a case is, for how many working days, and what is next; with number and expiry while it gives them. */
export function statusLine(filing: Filing, facts: Facts): string {
  const { pack, today } = facts
  const record = organizationsOf(facts).find(({ id }) => id === organizationIdOf(filing))
  const place = placeByCode(filing.place, pack.jurisdiction)
  const grant = grantOf(filing)
  const givesNumber =
    grant !== undefined &&
    record?.state.type !== 'cancelled' &&
    record?.filingNumber === grant.filingNumber &&
    (filing.kind === 'initial' || filing.kind === 'renewal')
  const last = filing.events.at(-1)
  const days = last ? workingDaysBetween(dayOf(new Date(last.at)), today, pack.calendar) : 0
  const reason = last?.type === 'returned' || last?.type === 'declined' ? last.reason : undefined
  return wording.join(
    wording.statusOf(filing.organizationName, filing.caseNumber, stateInWords(filing, record, facts)),
    place && `   ${placeInWords(place)}`,
    givesNumber && `   ${caseWords.number(grant.filingNumber, inChinese(grant.validUntil))}`,
    reason && `   ${caseWords.because(reason)}`,
    waitsFor(filing) !== undefined && `   ${caseWords.sinceDays(days)}`,
  )
}

/** 改电话 when no form is being filled: what to do instead. Undefined where it means no field of a form. */
export function editWithoutForm(
  { session, facts, text }: Talk,
  what: string | undefined,
): string | undefined {
  if (looksLikeQuestion(text)) return undefined
  const draft = session.drafts.at(-1)
  const filing = facts.filings.findLast((filing) => isOpen(filing) || grantOf(filing) !== undefined)
  const form = draft ? formFor(facts, draft) : filing && formFor(facts, filing)
  if (!form || (what !== undefined && findFields(what, form.fields).length === 0)) return undefined
  if (draft) return wording.draftWaiting
  if (!filing) return undefined
  const { edit } = wording
  if (statusOf(filing) === 'returned') return edit.returned(filing.organizationName)
  return isOpen(filing) ? edit.submitted(filing.organizationName) : edit.filed(filing.organizationName)
}

export function status({ session, facts }: Talk): string {
  // A case that is being corrected is told of once, as the case.
  const begun = session.drafts.filter(({ correcting }) => correcting === undefined)
  const drafts = begun.map((draft) => {
    const form = formFor(facts, draft)
    const { fields } = walkDraft(form, draft)
    const done = fields.length - missingFields(form, draft).length
    return wording.statusDraft(
      organizationName(form, known(draft), facts) ?? wording.unnamed,
      done,
      fields.length,
    )
  })
  const filings = facts.filings.map((filing) => statusLine(filing, facts))
  const all = [...drafts, ...filings]
  return all.length > 0 ? wording.join(...all, begun.length > 0 && wording.draftWaiting) : wording.statusNone
}
