import { workingDaysBetween } from '../calendar.ts'
import { dayOf, inChinese } from '../clock.ts'
import { grantOf, isOpen, statusOf, type Filing } from '../filings/filing.ts'
import { hasCommunityStep } from '../filings/place-code.ts'
import { placeByCode, placeInWords } from '../filings/places.ts'
import { known, walkDraft } from './filling.ts'
import { documentsOf, draftDocuments, missingFields, organizationName } from './read-back.ts'
import type { Draft } from './session.ts'
import { standing } from './standing.ts'
import { turn, type Talk } from './talk.ts'
import { formFor, type Facts, type Turn } from './turn.ts'
import { wording } from './wording.ts'

/** Half-filled at any moment: the papers of the draft being filled, or of a case. */
export function print(talk: Talk, draft: Draft | undefined, which: string | undefined): Turn {
  const { facts, session } = talk
  if (talk.group) return turn(session, wording.groupPrivate)
  const chosen =
    which &&
    facts.filings.find((filing) => filing.caseNumber === which || filing.organizationName.includes(which))
  if (chosen) return papersOf(talk, chosen)
  const present = draft ?? session.drafts.at(-1)
  if (present) {
    const form = formFor(facts, present)
    const halfFilled = missingFields(form, present).length > 0 && wording.halfFilled
    const told = standing(talk, [wording.join(wording.documents, halfFilled)])
    return { ...told, reply: { ...told.reply, documents: draftDocuments(form, present, facts) } }
  }
  const { filings } = facts
  if (filings.length === 0) return turn(session, wording.nothingToPrint)
  if (filings.length === 1) return papersOf(talk, filings[0]!)
  const phrases = filings.map((filing) => `打印${filing.caseNumber}`)
  const text = wording.join(
    wording.which,
    ...filings.map((filing, index) => `${index + 1}. ${filing.organizationName}（${filing.caseNumber}）`),
  )
  return turn({ ...session, pending: { type: 'menu', phrases } }, text)
}

function papersOf({ session, facts }: Talk, filing: Filing): Turn {
  const form = formFor(facts, filing)
  const documents = documentsOf(form, 'filing', filing.id, filing.answers, facts)
  return turn(session, wording.documents, { documents })
}

/** Where a case is, for how many working days, and what is next; with number and expiry once it is filed. */
function statusLine(filing: Filing, { pack, today }: Facts): string {
  const state = statusOf(filing)
  const next = state === 'submitted' && !hasCommunityStep(filing.place) ? 'submittedToStreet' : state
  const since = filing.events.at(-1)?.at
  const days = since ? workingDaysBetween(dayOf(new Date(since)), today, pack.calendar) : 0
  const place = placeByCode(filing.place, pack.jurisdiction)
  const grant = grantOf(filing)
  return wording.join(
    wording.statusOf(filing.organizationName, filing.caseNumber, wording.statusNext[next]),
    place && `   ${placeInWords(place)}`,
    grant && `   ${wording.number(grant.filingNumber, inChinese(grant.validUntil))}`,
    isOpen(filing) && `   ${wording.sinceDays(days)}`,
  )
}

export function status({ session, facts }: Talk): string {
  const drafts = session.drafts.map((draft) => {
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
  return all.length > 0
    ? wording.join(...all, session.drafts.length > 0 && wording.draftWaiting)
    : wording.statusNone
}
