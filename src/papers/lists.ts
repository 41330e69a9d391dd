import type { Bot } from '../bot.ts'
import { dayOf, inChinese, timeOf } from '../clock.ts'
import { checklistPlaces, visibleRows } from '../conversation/office/checklist.ts'
import { SUM_COLUMNS, sumLines, UNIT_COLUMNS, unitLines } from '../conversation/office/checklist-table.ts'
import { checklistWords as words } from '../conversation/office/checklist-words.ts'
import { LEDGER_WITH_PHONES, ledgerPlaces, seesPhones } from '../conversation/office/office.ts'
import { ledgerWords } from '../conversation/reminding/ledger-words.ts'
import { collectIncubators, collectReports } from './collect.ts'
import { mayAct } from '../directory/may-act.ts'
import { reachOf, staffName } from '../directory/scope.ts'
import { makeTables, type Table } from '../documents/make-table.ts'
import { makeWord, type MadeDocument } from '../documents/make.ts'
import { districtTables, ledgerTables } from '../documents/monthly-ledger.ts'
import {
  reportTables,
  reportValues,
  type Collected,
  type CollectedReport,
} from '../documents/monthly-reports.ts'
import { AGREED, organizationIdOf } from '../filings/filing.ts'
import { filingsAt } from '../receive/filings-at.ts'
import {
  LEDGER_COLUMNS,
  ledgerRows,
  ledgerSummary,
  organizationsIn,
  SUMMARY_COLUMNS,
} from '../filings/ledger.ts'
import { authorityOf } from '../filings/place-code.ts'
import { draftLedger, withPhones } from './ledgers.ts'
import type { Jurisdiction, Street } from '../pack.ts'
import type { DocumentRef, UserId } from '../messages.ts'
import { notedIn } from '../remind/oversee.ts'
import { gatherOwed } from '../remind/owing.ts'
import { heldAbout } from '../privacy/held.ts'
import { INCUBATOR_REPORT, MONTHLY_REPORT, reportFormOf } from '../reminders/report-forms.ts'

const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** A list as it is now, for the one it was made for; undefined for anybody else. */
export async function openList(
  document: DocumentRef,
  person: UserId,
  bot: Bot,
): Promise<MadeDocument | undefined> {
  const { of, id, paper } = document
  if (id !== person) return undefined
  if (of === 'reports') return openCollected(document, person, bot)
  const tables = await tablesOf(of, paper, person, bot)
  return tables && { bytes: await makeTables(tables), contentType: SPREADSHEET }
}

async function tablesOf(
  of: DocumentRef['of'],
  paper: string,
  person: UserId,
  bot: Bot,
): Promise<Table[] | undefined> {
  switch (of) {
    case 'person':
      return personTables(person, bot)
    case 'ledger':
      return paper === 'ledger' || paper === LEDGER_WITH_PHONES
        ? presentTables(person, bot, paper === LEDGER_WITH_PHONES)
        : monthTables(paper, person, bot)
    case 'checklist':
      return checklistTables(person, bot)
    case 'reports':
    case 'draft':
    case 'filing':
    case 'charter':
    case 'chart':
      return undefined
  }
}

async function personTables(person: UserId, { store, directory, pack, types, clock }: Bot): Promise<Table[]> {
  const staff = directory.current()
  const today = dayOf(clock.now())
  return [await store.transact((tx) => heldAbout(person, tx, { pack, types, today, staff }))]
}

/** 台账 of the places a person answers for, as of now; nothing once they answer for none. */
async function presentTables(person: UserId, bot: Bot, phones: boolean): Promise<Table[] | undefined> {
  const staff = bot.directory.current()
  const places = ledgerPlaces(staff, person)
  if (places.length === 0) return undefined
  const now = bot.clock.now()
  const today = dayOf(now)
  const all = await bot.store.transact((tx) => filingsAt(places, AGREED, tx))
  // The ledger is of the place where an organization is, not of the one where it was filed.
  const here = organizationsIn(all, today).filter(({ place }) => places.includes(place))
  const ids = new Set(here.map(({ id }) => id))
  const filings = all.filter((filing) => ids.has(organizationIdOf(filing)))
  const rows = ledgerRows(filings, {
    jurisdiction: bot.pack.jurisdiction,
    forms: bot.pack.forms,
    types: bot.types,
    today,
    phones: phones && seesPhones(staff, person),
  })
  const { streets } = bot.pack.jurisdiction
  const names = streets.filter(({ code }) => places.includes(code)).map(({ name }) => name)
  const title = `${bot.pack.name}${names.length === 1 ? names[0] : ''}社区社会组织备案台账`
  // Who took it away and when stands in the file itself (practice.md 6.3 g).
  const notes = [`导出：${staffName(staff, person)}　${inChinese(today)}${timeOf(now)}　共${rows.length}家`]
  return [
    { sheet: '台账', title, notes, columns: [...LEDGER_COLUMNS], rows },
    {
      sheet: '汇总',
      title: `${title}汇总`,
      notes,
      columns: SUMMARY_COLUMNS,
      rows: ledgerSummary(rows, names),
    },
  ]
}

/** 责任清单 of the units a person sees, as it is now. */
async function checklistTables(person: UserId, bot: Bot): Promise<Table[] | undefined> {
  const staff = bot.directory.current()
  const now = bot.clock.now()
  const facts = { staff, person, pack: bot.pack, today: dayOf(now) }
  const places = checklistPlaces(facts)
  if (places.length === 0) return undefined
  const owed = await gatherOwed(bot, facts.today)
  const noted = await bot.store.transact((tx) => notedIn(places, owed, facts.today, tx))
  const rows = visibleRows(facts, owed, noted)
  const notes = [`导出：${staffName(staff, person)}　${inChinese(facts.today)}${timeOf(now)}`, words.history]
  const title = `${bot.pack.name}社区社会组织责任清单`
  const sum = {
    sheet: '汇总',
    title: `${title}汇总`,
    notes,
    columns: SUM_COLUMNS,
    rows: sumLines(rows, facts),
  }
  return [sum, { sheet: '各单位', title, notes, columns: UNIT_COLUMNS, rows: unitLines(rows, facts) }]
}

/** `2026-11:450205001000`: the ledger of a street for a month as it was handed in, else as it would be now. */
async function monthTables(paper: string, person: UserId, bot: Bot): Promise<Table[] | undefined> {
  const { store, pack, types, clock } = bot
  const [month = '', place = '', phones] = paper.split(':')
  const { streets, district, code } = pack.jurisdiction
  const reached = ledgerPlaces(bot.directory.current(), person)
  if (place !== code) {
    if (!reached.includes(place)) return undefined
    const mayCall =
      phones !== undefined && mayAct(bot.directory.current(), person, 'readPersonal', { place }).ok
    if (phones !== undefined && !mayCall) return undefined
    const ledger = await store.transact(async (tx) => {
      const kept =
        (await tx.findLedger(place, month)) ??
        (await draftLedger({ authority: place, month }, { pack, types, now: clock.now() }, tx))
      return mayCall ? withPhones(kept, dayOf(clock.now()), tx) : kept
    })
    const tables = ledgerTables(ledger)
    return mayCall ? tables.map((one) => ({ ...one, notes: [...one.notes, ledgerWords.phonesNote] })) : tables
  }
  if (!streets.every((street) => reached.includes(street.code))) return undefined
  const ledgers = await store.transact((tx) =>
    Promise.all(streets.map((street) => tx.findLedger(street.code, month))),
  )
  return districtTables(
    district,
    month,
    streets.map(({ name }) => name),
    ledgers.flatMap((ledger) => ledger ?? []),
  )
}

/** 月报 汇总: what was reported for a month at a person's places, as a sheet or as the Word file of the pack. */
async function openCollected(
  { paper: month, format }: DocumentRef,
  person: UserId,
  bot: Bot,
): Promise<MadeDocument | undefined> {
  const collected = await collectedFor(month, person, bot)
  if (!collected) return undefined
  if (format !== 'docx') return { bytes: await makeTables(reportTables(collected)), contentType: SPREADSHEET }
  const template = bot.templates.get(bot.pack.monthlyReports.collected)
  if (!template) throw new Error('the template of the collected reports is not loaded')
  return makeWord(template, reportValues(collected))
}

async function collectedFor(month: string, person: UserId, bot: Bot): Promise<Collected | undefined> {
  const { pack, clock } = bot
  const staff = bot.directory.current()
  const reach = reachOf(staff, person)
  const streets = pack.jurisdiction.streets.filter((street) =>
    [...reach].some((place) => authorityOf(place) === street.code),
  )
  if (streets.length === 0) return undefined
  const reports: CollectedReport[] = []
  // Street by street, so that nobody who writes meanwhile waits long.
  for (const { code } of streets) {
    reports.push(...(await collectReports(code, month, reach, bot)))
  }
  const now = clock.now()
  const questionsOf = (duty: string) => reportFormOf(pack.monthlyReports, duty)?.questions ?? []
  return {
    place: nameOfAll([...reach], streets, pack.jurisdiction),
    month,
    taken: `汇总：${staffName(staff, person)}　${inChinese(dayOf(now))}${timeOf(now)}`,
    questions: questionsOf(MONTHLY_REPORT),
    reports,
    incubatorQuestions: questionsOf(INCUBATOR_REPORT),
    incubators: await collectIncubators(month, reach, bot),
  }
}

/** What the files call the places somebody collects from. */
function nameOfAll(reach: readonly string[], streets: readonly Street[], jurisdiction: Jurisdiction): string {
  const [street, ...more] = streets
  if (!street || more.length > 0) return jurisdiction.district
  const [community] = reach.length === 1 ? street.communities.filter(({ code }) => code === reach[0]) : []
  return street.name + (community?.name ?? '')
}
