import type { Bot } from '../bot.ts'
import { dayOf } from '../clock.ts'
import { targetWords as words } from '../conversation/office/target-words.ts'
import { answersFor, rolesOf } from '../directory/scope.ts'
import type { Bar, Chart } from '../documents/chart.ts'
import { drawChart } from '../documents/draw-chart.ts'
import { makeTables } from '../documents/make-table.ts'
import type { MadeDocument } from '../documents/make.ts'
import { isWithin } from '../filings/place-code.ts'
import { placeByCode } from '../filings/places.ts'
import type { DocumentRef, UserId } from '../messages.ts'
import { gatherOwed } from '../remind/owing.ts'
import type { Pack } from '../pack.ts'
import { averageOf, tallyOf, targetFor, type Counted, type Tally } from '../reminders/targets.ts'

const CONTENT_TYPE = 'image/png'

/** The picture of a person's places, or of one of them, as it is now; undefined for a place out of reach. */
export async function openChart(
  { id }: DocumentRef,
  person: UserId,
  bot: Bot,
): Promise<MadeDocument | undefined> {
  const staff = bot.directory.current()
  const within = answersFor(staff, person)
  if (!rolesOf(staff, person).some(({ role }) => role !== 'operator')) return undefined
  if (id !== '' && !within(id)) return undefined
  const inside = (code: string): boolean => within(code) && (id === '' || isWithin(code, id))
  const codes = id === '' ? rolesOf(staff, person).map(({ place }) => place) : [id]
  const names = [...new Set(codes)].map((code) =>
    code === undefined ? undefined : staff.places.get(code)?.name,
  )
  const name = names.includes(undefined) ? bot.pack.jurisdiction.district : names.join('、')
  return { bytes: await drawTargets(name, inside, bot), contentType: CONTENT_TYPE }
}

/** The same for a group: of exactly its place. */
export const drawGroupChart = (place: string, bot: Bot): Promise<Buffer> =>
  drawTargets(placeByCode(place, bot.pack.jurisdiction)?.name ?? '', (code) => isWithin(code, place), bot)

/** And the same numbers as a sheet: communities and counts, no organization and nobody's name. */
export async function makeGroupTable(place: string, bot: Bot): Promise<{ name: string; bytes: Buffer }> {
  const today = dayOf(bot.clock.now())
  const owed = await gatherOwed(bot, today)
  const where = placeByCode(place, bot.pack.jurisdiction)?.name ?? ''
  const tally = tallyOf(owed, bot.pack.jurisdiction, today, (code) => isWithin(code, place))
  const { communities, total, streetLevel, lapsed, ending, quarter } = tally
  const title = words.tableTitle(where)
  const bytes = await makeTables([
    {
      sheet: '备案数量',
      title,
      notes: [words.tableNote(today, total, lapsed, ending, quarter)],
      columns: [
        { title: '序号', width: 8 },
        { title: '社区/村', width: 24 },
        { title: '备案有效（家）', width: 18 },
        { title: '方案平均数（家）', width: 20 },
      ],
      rows: [
        ...communities.map(({ name, kind, count }, index) => [
          String(index + 1),
          name,
          String(count),
          String(targetFor(kind, bot.pack.targets) ?? ''),
        ]),
        ['', words.tableStreetLevel, String(streetLevel), ''],
        ['', '合计', String(total), ''],
      ],
    },
  ])
  return { name: `${title}.xlsx`, bytes }
}

async function drawTargets(name: string, inside: (code: string) => boolean, bot: Bot): Promise<Buffer> {
  const today = dayOf(bot.clock.now())
  const owed = await gatherOwed(bot, today)
  return drawChart(chartOf(name, tallyOf(owed, bot.pack.jurisdiction, today, inside), today, bot.pack))
}

/** Bars for each community against its number of the plan, or for many streets their averages; then what lapses. */
export function chartOf(
  name: string,
  tally: Tally,
  today: string,
  { targets }: Pick<Pack, 'targets'>,
): Chart {
  const { communities, total, due, ending, quarter } = tally
  const isOf = (kind: Counted['kind']) => (one: Counted) => one.kind === kind
  const number = (kind: Counted['kind']): number | undefined =>
    communities.some(isOf(kind)) ? targetFor(kind, targets) : undefined
  const [urban, rural] = [number('community'), number('village')]
  const printed = targets.targets.find((one) => one.counted === 'organizations' && one.average)?.printed
  const isStreet = new Set(communities.map(({ street }) => street.code)).size <= 1
  return {
    title: words.chartTitle(name),
    lines: [
      words.chartTotal(today, total),
      ...(printed === undefined ? [] : [words.chartMarks(urban, rural, printed)]),
    ],
    sections: [
      isStreet
        ? { title: words.chartEach, bars: communities.map((one) => barOf(one.name, one.kind, one.count)) }
        : { title: words.chartAverage, bars: averages(communities) },
      {
        title: words.chartDue(quarter, ending),
        bars: due.map(({ month, count }) => ({ label: words.chartMonth(month), value: count })),
      },
    ],
    foot: words.chartFoot,
  }

  function barOf(label: string, kind: Counted['kind'], value: number): Bar {
    const target = targetFor(kind, targets)
    return { label, value, ...(target === undefined ? {} : { target }) }
  }

  function averages(all: readonly Counted[]): Bar[] {
    const streets = new Map(all.map(({ street }) => [street.code, street.name]))
    return [...streets].flatMap(([code, street]) => {
      const here = all.filter((one) => one.street.code === code)
      const kinds = (['community', 'village'] as const).filter((kind) => here.some(isOf(kind)))
      return kinds.map((kind) => {
        const label = kinds.length > 1 ? words.chartKind(street, kind) : street
        return barOf(label, kind, averageOf(here.filter(isOf(kind))) ?? 0)
      })
    })
  }
}
