import type { Bot } from '../bot.ts'
import { addDays, dayOf, startOf, type Day } from '../clock.ts'
import { known } from '../conversation/interview/filling.ts'
import {
  FilingStatus,
  grantOf,
  nameIn,
  ORGANIZATION_NAME,
  organizationIdOf,
  placeIn,
  ACTIVITY_AREA,
  statusOf,
  waitsFor,
  type Filing,
} from '../filings/filing.ts'
import { organizationOf } from '../filings/organization.ts'
import { incubatorsIn } from '../directory/scope.ts'
import type { Staff } from '../directory/staff.ts'
import type { UserId } from '../messages.ts'
import { HORIZON_DAYS, periodsOf } from '../reminders/due.ts'
import { dutiesOf } from '../reminders/duties.ts'
import { matterId } from '../reminders/matter.ts'
import type { Pack } from '../pack.ts'
import type { Lying, Owed, OwingOrganization, Reminder } from '../reminders/owed.ts'
import type { Delivery, Transaction } from '../store/store.ts'
import { isReceiverGone } from '../wecom/errors.ts'

/** More filings than any street will ever have. */
const MOST_FILINGS = 100_000
const MOST_MATTERS = 1_000_000
const MOST_FAILED = 10_000

/** A matter is remembered longer than anything is reminded of, two quarters and their steps included. */
const MATTER_DAYS = HORIZON_DAYS + 150

/** Reads everything that decides what is owed; street by street, so that nobody who writes meanwhile waits long. */
export const gatherOwed = ({ store, pack, directory }: Bot, today: Day): Promise<Owed> =>
  readOwed((work) => store.transact(work), pack, directory.current(), today)

/** The same within a transaction that is under way, for somebody who asks. */
export const owedNow = (tx: Transaction, pack: Pack, staff: Staff, today: Day): Promise<Owed> =>
  readOwed((work) => work(tx), pack, staff, today)

type Read = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>

async function readOwed(read: Read, pack: Pack, staff: Staff, today: Day): Promise<Owed> {
  const authorities = pack.jurisdiction.streets.map(({ code }) => code)
  const filings: Filing[] = []
  for (const street of authorities) {
    const query = { places: [street], statuses: FilingStatus.options, limit: MOST_FILINGS }
    filings.push(...(await read((tx) => tx.listFilings(query))))
  }
  const since = startOf(addDays(today, -MATTER_DAYS)).toISOString()
  const matters = await read((tx) => tx.listMatters({ since, limit: MOST_MATTERS }))
  const remembered = new Map(matters.map((matter) => [matter.id, matter]))
  for (const id of yearlyIds(pack, today)) {
    const matter = remembered.has(id) ? undefined : await read((tx) => tx.findMatter(id))
    if (matter) remembered.set(id, matter)
  }
  // What was touched today lies from today on.
  const idle = await read((tx) => tx.listIdleDrafts(startOf(addDays(today, 1)).toISOString()))
  const failed = await read((tx) => tx.listDeliveries('failed', MOST_FAILED))
  const drafts = idle.map(({ by, draft, touchedAt }): Lying => {
    const { [ORGANIZATION_NAME]: name, [ACTIVITY_AREA]: area } = known(draft)
    return {
      duty: 'draft',
      id: draft.id,
      name: (name && nameIn(name)) ?? '',
      place: (area && placeIn(area)) ?? '',
      leader: by,
      since: dayOf(new Date(touchedAt)),
    }
  })
  const begun = [...filings, ...matters].flatMap(({ events }) => events[0]?.at ?? []).sort()[0]
  return {
    duties: pack.duties,
    calendar: pack.calendar,
    organizations: organizationsOf(filings, today),
    lying: [...drafts, ...filings.flatMap(lyingOf)],
    authorities,
    incubators: incubatorsIn(staff, pack.jurisdiction.code),
    district: pack.jurisdiction.code,
    matters: remembered,
    since: begun === undefined ? today : dayOf(new Date(begun)),
    unreachable: unreachable(failed),
    declined: new Set(await read((tx) => tx.listDeclined())),
  }
}

/** What an office does once a year may have been done longer ago than other matters are remembered. */
const yearlyIds = ({ duties, jurisdiction: { code, streets } }: Pack, today: Day): string[] =>
  dutiesOf(duties, today, 'yearly').flatMap((duty) =>
    periodsOf(duty, today).flatMap(({ period }) =>
      [code, ...streets.map((street) => street.code)].map((place) => matterId(duty.id, period, place)),
    ),
  )

/**
 * Whether the facts a reminder was made from still hold, whatever became of its matter: the organization was
 * neither renewed nor dissolved, the case lies where it lay.
 */
export async function isStillOwed(
  { duty, target, last }: Reminder,
  today: Day,
  tx: Transaction,
): Promise<boolean> {
  if (duty.when.type === 'lying') {
    const filing = await tx.findFiling(target)
    const [now] = filing ? lyingOf(filing) : []
    return duty.id === 'draft' || (now?.duty === duty.id && now.since === last)
  }
  if (duty.owes !== 'organization') return true
  const [organization] = organizationsOf(await tx.listChain(target), today)
  if (!organization || organization.cancelled) return false
  return duty.when.type !== 'validity' || (organization.validUntil === last && !organization.leaving)
}

/**
 * Those whom a letter could not be brought to because WeCom does not know them, until that is forgotten and they
 * are tried again; and those nobody knows an account of.
 */
function unreachable(failed: readonly Delivery[]): Set<UserId> {
  const people = failed.flatMap(({ body, problem }) => {
    return ['letter', 'reminders'].includes(body.type) && isReceiverGone(problem) ? [body.to] : []
  })
  return new Set(['', ...people])
}

function organizationsOf(filings: readonly Filing[], today: Day): OwingOrganization[] {
  const chains = new Map<string, Filing[]>()
  for (const filing of filings) {
    const id = organizationIdOf(filing)
    const chain = chains.get(id)
    if (chain) chain.push(filing)
    else chains.set(id, [filing])
  }
  return [...chains.values()].flatMap((chain) => {
    const organization = organizationOf(chain, today)
    if (!organization) return []
    const { id, name, place, applicant, validUntil, state, underWay, versions } = organization
    // It goes on through its renewals.
    const filedOn = versions[0]?.from ?? organization.filedOn
    const granted = versions.map(({ filing }) => grantOf(filing)?.at ?? '').sort()
    return [
      {
        id,
        name,
        place,
        leader: applicant,
        filedOn,
        validUntil,
        knownSince: granted[0] ? dayOf(new Date(granted[0])) : filedOn,
        cancelled: state.type === 'cancelled',
        leaving: underWay.some(({ kind }) => kind === 'renewal' || kind === 'cancellation'),
      },
    ]
  })
}

/** Before whom a case lies, if before anybody. */
function lyingOf(filing: Filing): Lying[] {
  const waiting = waitsFor(filing)
  const last = filing.events.at(-1)
  if (!waiting || !last || statusOf(filing) === 'distributed') return []
  const duty = { applicant: 'returned', community: 'communityCase', street: 'streetCase' } as const
  const { id, organizationName: name, place, applicant: leader } = filing
  return [{ duty: duty[waiting], id, name, place, leader, since: dayOf(new Date(last.at)) }]
}
