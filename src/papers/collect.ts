import type { Bot } from '../bot.ts'
import { dayOf } from '../clock.ts'
import { incubatorsIn } from '../directory/scope.ts'
import { knownIn, owesReport } from '../conversation/reminding/report-lists.ts'
import type { CollectedReport, HandedIn, IncubatorReport } from '../documents/monthly-reports.ts'
import { organizationsIn } from '../filings/ledger.ts'
import { isStreetLevel, placeByCode } from '../filings/places.ts'
import { chainsAt } from './ledgers.ts'
import { leastActivities } from '../reminders/duties.ts'
import { isDone, matterId, photosOf, reportOf, type Matter } from '../reminders/matter.ts'
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
      const onPaper = matter !== undefined && isDone(matter) && !report
      if (!report && !onPaper && !knownIn(organization, month)) continue
      reports.push({
        street: place.street.name,
        community: isStreetLevel(place) ? '' : place.name,
        name: organization.name,
        ...(report ? { report } : {}),
        onPaper,
        byMonth,
        least: leastActivities(pack.duties, authority),
      })
    }
    return reports
  })
}

/** What the incubators reported for a month, that of the district first, for those who see a whole street. */
export async function collectIncubators(
  month: string,
  places: ReadonlySet<string>,
  { store, pack, directory }: Bot,
): Promise<IncubatorReport[]> {
  const { code, district, streets } = pack.jurisdiction
  const seen = streets.filter((street) => places.has(street.code))
  const there = incubatorsIn(directory.current(), code)
  const collected: IncubatorReport[] = []
  for (const one of seen.length > 0 ? [{ code, name: district }, ...seen] : []) {
    const id = matterId(INCUBATOR_REPORT, month, one.code)
    const report = handedIn(await store.transact((tx) => tx.findMatter(id)))
    if (report || there.includes(one.code)) collected.push({ place: one.name, ...(report ? { report } : {}) })
  }
  return collected
}

function handedIn(matter: Matter | undefined): HandedIn | undefined {
  const report = matter && reportOf(matter)
  return (
    report && {
      at: report.at,
      nothing: report.nothing === true,
      activities: report.activities ?? 0,
      photos: photosOf(matter),
      said: report.said ?? {},
    }
  )
}
