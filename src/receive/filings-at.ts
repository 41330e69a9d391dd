import type { Day } from '../clock.ts'
import {
  ACTIVITY_AREA,
  AGREED,
  organizationIdOf,
  placeIn,
  type Filing,
  type FilingStatus,
} from '../filings/filing.ts'
import { organizationOf } from '../filings/organization.ts'
import { isWithin } from '../filings/place-code.ts'
import type { Transaction } from '../store/store.ts'

/** More filings than any district will ever have. */
const MOST = 100_000

/** The filings that lie at these places, and all of the organizations that have moved there. */
export async function filingsAt(
  places: readonly string[],
  statuses: readonly FilingStatus[],
  tx: Transaction,
): Promise<Filing[]> {
  const here = await tx.listFilings({ places, statuses, limit: MOST })
  const changes = await tx.listFilings({ statuses: AGREED, kinds: ['change'], limit: MOST })
  const moved = changes.filter(({ changes: items = [] }) =>
    items.some(({ field, after }) => {
      const to = field === ACTIVITY_AREA ? placeIn(after) : undefined
      return to !== undefined && places.some((place) => isWithin(to, place))
    }),
  )
  const chains: Filing[] = []
  for (const id of new Set(moved.map(organizationIdOf))) chains.push(...(await tx.listChain(id)))
  return [...new Map([...here, ...chains].map((filing) => [filing.id, filing])).values()]
}

/** Where the organization of a filing is now: the office there answers for its whole record. */
export async function presentPlaceOf(filing: Filing, today: Day, tx: Transaction): Promise<string> {
  const chain = await tx.listChain(organizationIdOf(filing))
  return organizationOf(chain, today)?.place ?? filing.place
}
