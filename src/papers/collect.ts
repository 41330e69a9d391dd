import type { Bot } from '../bot.ts'
import { dayOf } from '../clock.ts'
import { owesReport } from '../conversation/reminding/report-lists.ts'
import type { CollectedReport, HandedIn, IncubatorReport } from '../documents/monthly-reports.ts'
import { organizationsIn } from '../filings/ledger.ts'
import { isStreetLevel, placeByCode } from '../filings/places.ts'
import { chainsAt } from './ledgers.ts'
import { leastActivities } from '../reminders/duties.ts'
import { isDone, matterId, reportOf, type Matter } from '../reminders/matter.ts'
import { INCUBATOR_REPORT, MONTHLY_REPORT } from '../reminders/report-forms.ts'

/** What the organizations of a street or town reported for a month and in its year until then, at these places. */
export async function collectReports(
  authority: string,
  month: string,
  places: ReadonlySet<string>,
  { store, pack, clock }: Bot,
): Promise<CollectedReport[]> {
  const today = dayOf(clock.now())
  const months = Array.from(
    { length: Number(month.slice(5)) },
    (_, index) => `${month.slice(0, 4)}-${String(index + 1).padStart(2, '0')}`,
  )
  return store.transact(async (tx) => {
    const organizations = organizationsIn(await chainsAt(authority, tx), today)
    const reports: CollectedReport[] = []
    for (const organization of organizations) {
      const place = placeByCode(organization.place, pack.jurisdiction)
      if (place?.street.code !== authority || !places.has(place.code) || !owesReport(organization, month))
        continue
      const byMonth: number[] = []
      for (const one of months) {
        const matter = await tx.findMatter(matterId(MONTHLY_REPORT, one, organization.id))
        byMonth.push((matter && reportOf(matter)?.activities) ?? 0)
      }
      const matter = await tx.findMatter(matterId(MONTHLY_REPORT, month, organization.id))
      const report = handedIn(matter)
      reports.push({
        street: place.street.name,
        community: isStreetLevel(place) ? '' : place.name,
        name: organization.name,
        ...(report ? { report } : {}),
        onPaper: matter !== undefined && isDone(matter) && !report,
        byMonth,
        least: leastActivities(pack.duties, authority),
      })
    }
    return reports
  })
}

/** What the incubator of a street or town reported for a month, for those who see the whole street. */
export async function collectIncubator(
  authority: string,
  month: string,
  places: ReadonlySet<string>,
  { store, pack }: Bot,
): Promise<IncubatorReport[]> {
  const street = placeByCode(authority, pack.jurisdiction)?.name
  if (street === undefined || !places.has(authority)) return []
  const id = matterId(INCUBATOR_REPORT, month, authority)
  const report = handedIn(await store.transact((tx) => tx.findMatter(id)))
  return [{ street, ...(report ? { report } : {}) }]
}

function handedIn(matter: Matter | undefined): HandedIn | undefined {
  const report = matter && reportOf(matter)
  return (
    report && {
      at: report.at,
      nothing: report.nothing === true,
      activities: report.activities ?? 0,
      photos: report.photos ?? 0,
      said: report.said ?? {},
    }
  )
}
