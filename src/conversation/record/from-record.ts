import { organizationIdOf } from '../../filings/filing.ts'
import { organizationOf, type Organization } from '../../filings/organization.ts'
import type { Command } from '../commands.ts'
import { advance } from '../interview/advance.ts'
import { askConsent, consentMissing } from '../consent.ts'
import { newDraft } from './correction.ts'
import { earlyFacts } from '../interview/early.ts'
import { withDraft } from '../interview/filling.ts'
import type { Draft } from '../session.ts'
import { tidy } from '../tidy.ts'
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

const MATTERS = { 变更: 'change', 注销: 'cancellation', 续期: 'renewal' } as const

/** 续期 夕阳红舞蹈队, 夕阳红舞蹈队要注销: what is to be done, and which of the person's own organizations is named. */
export function matterOfOwn({ text, facts }: Pick<Talk, 'text' | 'facts'>): Command | undefined {
  const said = tidy(text)
  const [, first, behind] = /^(变更|注销|续期)[\s:：,，]*(.{2,40})$/u.exec(said) ?? []
  const [, before, last] =
    /^(?:给|帮|把)?(.{2,40}?)(?:要|想)?(?:办|申请)?(变更|注销|续期)(?:了|一下)?$/u.exec(said) ?? []
  const word = (first ?? last) as keyof typeof MATTERS | undefined
  const named = (behind ?? before ?? '').replace(/^我们的?|\s/gu, '')
  if (word === undefined || named.length < 2) return undefined
  const meant = organizationsOf(facts).filter(({ name }) => name.endsWith(named))
  const [only, another] = meant
  return only && { type: MATTERS[word], which: another ? named : only.filingNumber }
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
