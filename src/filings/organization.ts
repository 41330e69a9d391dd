import { dayOf, type Day } from '../clock.ts'
import type { Answers } from '../forms/answers.ts'
import type { UserId } from '../messages.ts'
import {
  ACTIVITY_AREA,
  grantOf,
  isOpen,
  nameIn,
  ORGANIZATION_NAME,
  organizationIdOf,
  placeIn,
  type Filing,
} from './filing.ts'
import { withLeaderInRoster } from './leader-in-roster.ts'
import { isExpired } from './validity.ts'

/** What one agreed filing made of the record. */
export type Version = {
  filing: Filing
  /** The day it holds from. */
  from: Day
  answers: Answers
}

/** One organization as it is on record: the first filing, its changes and renewals together. */
export type Organization = {
  /** Id of its first filing. */
  id: string
  name: string
  place: string
  /** Whoever submitted the filing that holds now. */
  applicant: UserId
  filingNumber: string
  /** Numbers of earlier rounds, oldest first. */
  earlierNumbers: string[]
  /** Of this round, as `validUntil`. */
  filedOn: Day
  /** The last day of validity. */
  validUntil: Day
  /** 1, and one more with every renewal. */
  round: number
  state: { type: 'filed' } | { type: 'expired'; on: Day } | { type: 'cancelled'; on: Day }
  /** Submitted and not decided yet: a change, renewal or cancellation. */
  underWay: Filing[]
  /** What the record says now, and the form it was answered to. */
  answers: Answers
  form: Filing['form']
  /** Every version, oldest first; the last is the present one. Corrections (更正) are in the version they correct. */
  versions: Version[]
}

/**
 * Reads the record of one organization from its chain of filings (in any order); undefined before its first
 * approval. A change does not begin a new term, a renewal does.
 */
export function organizationOf(chain: readonly Filing[], today: Day): Organization | undefined {
  const agreed = chain.flatMap((filing) => {
    const grant = grantOf(filing)
    return grant ? [{ filing, grant, from: fromOf(grant) }] : []
  })
  agreed.sort((a, b) => compare(a.from, b.from) || compare(a.grant.at, b.grant.at))
  const rounds = agreed.filter(({ filing: { kind } }) => kind === 'initial' || kind === 'renewal')
  const round = rounds.at(-1)
  const base = round?.filing
  if (!round || !base) return undefined
  const versions = versionsOf(agreed)
  const present = versions.at(-1)
  const answers = present?.answers ?? base.answers
  const cancelled = agreed.find(({ filing }) => filing.kind === 'cancellation')
  const { filingNumber, filedOn, validUntil } = round.grant
  const name = answers[ORGANIZATION_NAME]
  const area = answers[ACTIVITY_AREA]
  return {
    id: organizationIdOf(base),
    name: (name && nameIn(name)) ?? base.organizationName,
    place: (area && placeIn(area)) ?? base.place,
    applicant: present?.filing.applicant ?? base.applicant,
    filingNumber,
    earlierNumbers: [
      ...new Set(rounds.map(({ grant }) => grant.filingNumber).filter((number) => number !== filingNumber)),
    ],
    filedOn,
    validUntil,
    round: rounds.length,
    state: cancelled
      ? { type: 'cancelled', on: cancelled.from }
      : isExpired(validUntil, today)
        ? { type: 'expired', on: validUntil }
        : { type: 'filed' },
    underWay: chain.filter(isOpen),
    answers,
    form: base.form,
    versions,
  }
}

/** Old filings hold from their own date, not from the day they were taken over. */
const fromOf = (grant: NonNullable<ReturnType<typeof grantOf>>): Day =>
  grant.type === 'imported' ? grant.filedOn : dayOf(new Date(grant.at))

/** A filing anew replaces everything, a change only its items and what follows from them. */
function versionsOf(agreed: readonly { filing: Filing; from: Day }[]): Version[] {
  const versions: Version[] = []
  for (const { filing, from } of agreed) {
    const before = versions.at(-1)?.answers ?? {}
    switch (filing.kind) {
      case 'initial':
      case 'renewal':
        versions.push({ filing, from, answers: filing.answers })
        break
      case 'change': {
        const changed = (filing.changes ?? []).map(({ field, after }) => [field, after])
        const after = { ...before, ...Object.fromEntries(changed) }
        versions.push({ filing, from, answers: withLeaderInRoster(before, after) })
        break
      }
      case 'cancellation':
    }
  }
  return versions
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
