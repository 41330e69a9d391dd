import { AGREED, OPEN, organizationIdOf, type FilingStatus } from '../../filings/filing.ts'
import { normalizeName } from '../../filings/names.ts'
import { authorityOf, isWithin } from '../../filings/place-code.ts'
import type { OrganizationRef } from '../store.ts'
import { deskOf, type Data } from './data.ts'
import type { FilingRow } from './rows.ts'

// Searches among filings that need only what rows say in clear.

type Found = [id: string, row: FilingRow]

/** Looks only at the streets and towns asked for. */
export function filingRows(
  { filings, filingsByStatus, filingsByDesk }: Data,
  places: readonly string[] | undefined,
  statuses: readonly FilingStatus[],
): Found[] {
  const asked = [...new Set<string>(statuses)]
  if (places === undefined) return asked.flatMap((status) => filings.among(filingsByStatus.keys(status)))
  const authorities = [...new Set(places.map(authorityOf))]
  const rows = authorities.flatMap((authority) =>
    asked.flatMap((status) => filings.among(filingsByDesk.keys(deskOf(authority, status)))),
  )
  return rows.filter(([, row]) => places.some((place) => isWithin(row.place, place)))
}

export function chainRows({ filings, filingsByOrganization }: Data, organizationId: string): Found[] {
  return filings.among([organizationId, ...filingsByOrganization.keys(organizationId)])
}

export function organizationsNamed(data: Data, normalizedName: string): OrganizationRef[] {
  const { filings, filingsByName, filingsByNewName } = data
  const keys = [...filingsByName.keys(normalizedName), ...filingsByNewName.keys(normalizedName)]
  const chains = new Set(filings.among(keys).map(([id, row]) => organizationIdOf({ ...row, id })))
  return [...chains].flatMap((organizationId) => {
    const named = namesInUse(chainRows(data, organizationId)).find(
      ({ name }) => normalizeName(name) === normalizedName,
    )
    return named ? [{ ...named, organizationId }] : []
  })
}

/** The name an organization has, and those that filings under way would give it. */
function namesInUse(chain: readonly Found[]): Omit<OrganizationRef, 'organizationId'>[] {
  const isIn = ([, { status }]: Found, statuses: readonly string[]): boolean => statuses.includes(status)
  const agreed = chain.filter((found) => isIn(found, AGREED))
  if (agreed.some(([, { kind }]) => kind === 'cancellation')) return []
  const inOrder = agreed.toSorted(([, a], [, b]) => byCaseNumber(a.caseNumber, b.caseNumber))
  const present = inOrder.findLast(([, { kind, newName }]) => kind !== 'change' || newName !== undefined)
  const underWay = chain.filter((found) => isIn(found, OPEN))
  return [...(present ? [present] : []), ...underWay].map(([filingId, row]) => ({
    name: row.newName ?? row.organizationName,
    place: row.place,
    filingId,
    applicant: row.applicant,
  }))
}

export const byCaseNumber = new Intl.Collator('en', { numeric: true }).compare
