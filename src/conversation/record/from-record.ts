import { organizationIdOf } from '../../filings/filing.ts'
import { organizationOf, type Organization } from '../../filings/organization.ts'
import type { Command } from '../commands.ts'
import { advance } from '../interview/advance.ts'
import { askConsent, consentMissing } from '../consent.ts'
import { newDraft } from './correction.ts'
import { earlyFacts } from '../interview/early.ts'
import { withDraft } from '../interview/filling.ts'
import type { Draft } from '../session.ts'
import { serviceWords } from '../service/service-words.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { formFor, type Facts, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** What is begun from an organization on record. */
export type FromRecord = Extract<Command['type'], 'change' | 'cancellation' | 'renewal'>

/** The person's organizations that were filed, the latest last. */
export function organizationsOf({ filings, today }: Facts): Organization[] {
  const ids = [...new Set(filings.map(organizationIdOf))]
  return ids.flatMap(
    (id) =>
      organizationOf(
        filings.filter((filing) => organizationIdOf(filing) === id),
        today,
      ) ?? [],
  )
}

/** 变更, 注销, 续期: of the organization meant, or a numbered choice. Everything known comes from the record. */
export function beginFromRecord(talk: Talk, kind: FromRecord, which: string | undefined): Turn {
  const { facts, session } = talk
  if (talk.group) return turn(session, wording.groupPrivate)
  const all = organizationsOf(facts)
  const filed = all.filter(({ state }) => state.type !== 'cancelled')
  const meant =
    which === undefined
      ? filed
      : filed.filter(({ filingNumber, name }) => filingNumber === which || name.includes(which))
  const [organization] = meant
  const gone = all.findLast(({ state }) => state.type === 'cancelled')
  if (gone && filed.length === 0) return turn(session, wording.alreadyCancelled(gone.name))
  if (!organization)
    return turn(session, wording.join(wording.nothingFiled(wording.matters[kind]), serviceWords.claimHow))
  if (meant.length > 1) {
    const phrases = meant.map(({ filingNumber }) => `${wording.matters[kind]} ${filingNumber}`)
    const lines = meant.map(({ name, filingNumber }, index) => `${index + 1}. ${name}（${filingNumber}）`)
    return turn({ ...session, pending: { type: 'menu', phrases } }, wording.join(wording.which, ...lines))
  }
  const [open] = organization.underWay
  if (open) return turn(session, wording.underWay(organization.name, open.caseNumber))
  const blank = draftOf(organization, kind, facts)
  const draft = { ...blank, heard: earlyFacts(talk.sentence, formFor(facts, blank), blank) }
  const begun: Talk = {
    ...withoutPending(talk),
    session: { ...withDraft(session, draft), pending: undefined },
  }
  const lead = [wording.begun[kind](organization.name)]
  return consentMissing(begun) ? askConsent(begun, lead) : advance(begun, draft, lead, false)
}

function draftOf(organization: Organization, kind: FromRecord, facts: Facts): Draft {
  const { id, filingNumber, answers } = organization
  return {
    ...newDraft(kind, facts),
    // A renewal is the whole form again, already filled; the others ask only what is new.
    answers: kind === 'renewal' ? answers : {},
    rested: facts.pack.forms.flatMap((form) => form.sittings.map((sitting) => sitting.id)),
    record: { organization: id, number: filingNumber, answers },
  }
}
