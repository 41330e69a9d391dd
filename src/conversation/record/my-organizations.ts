import { inChinese } from '../../clock.ts'
import { isOpen, organizationIdOf, statusOf } from '../../filings/filing.ts'
import type { Organization } from '../../filings/organization.ts'
import { placeByCode, placeInWords } from '../../filings/places.ts'
import { stateInWords, stateOfRecord, status, statusLine } from './cases.ts'
import { organizationsOf } from './from-record.ts'
import { words } from '../reviewing/words.ts'
import type { Talk } from '../talk.ts'
import type { Facts } from '../turn.ts'
import { caseWords } from './case-words.ts'
import { wording } from '../wording.ts'

/** 我的组织: each organization once, as it is on record now; then what is not on record yet. */
export function myOrganizations(talk: Talk): string {
  const { facts } = talk
  const filed = organizationsOf(facts)
  if (filed.length === 0) return status(talk)
  const ids = new Set(filed.map(({ id }) => id))
  const first = facts.filings.filter((filing) => isOpen(filing) && !ids.has(organizationIdOf(filing)))
  return wording.join(
    ...filed.map((organization) => recordLines(organization, facts)),
    ...first.map((filing) => statusLine(filing, facts)),
  )
}

function recordLines(organization: Organization, facts: Facts): string {
  const { name, state, filingNumber, validUntil, versions, underWay } = organization
  const place = placeByCode(organization.place, facts.pack.jurisdiction)
  const round = versions.findLast(({ filing }) => filing.kind !== 'change')?.filing
  // Agreed to, but not sealed and handed out yet: what is still to be done says more than 已备案.
  const unfinished = state.type === 'filed' && round && statusOf(round) !== 'distributed'
  const present = unfinished ? stateInWords(round, organization, facts) : stateOfRecord(organization)
  return wording.join(
    `${name}：${present}`,
    place && `   ${placeInWords(place)}`,
    state.type === 'cancelled'
      ? `   ${caseWords.formerNumber(filingNumber)}`
      : `   ${caseWords.number(filingNumber, inChinese(validUntil))}`,
    ...underWay.map(
      (filing) =>
        `   ${caseWords.organizationUnderWay(words.kinds[filing.kind], filing.caseNumber, stateInWords(filing, organization, facts))}`,
    ),
  )
}
