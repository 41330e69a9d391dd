/**
 * `npm run ledger -- import FILE.xlsx` takes filings over from an old ledger, row by row, each with a verdict;
 * with `--check` nothing is written. A bot on a folder must be stopped, since that belongs to one process; bots on a
 * database go on.
 */

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dayOf, systemClock, type Clock } from '../clock.ts'
import { parseConfig, type Environment } from '../config.ts'
import { dataKeysOf } from '../config/data-keys.ts'
import { readWorkbook, type Sheet } from '../documents/read-sheet.ts'
import { fieldTypes } from '../filings/field-types.ts'
import { readLedger, type LedgerReading } from '../filings/ledger-columns.ts'
import {
  grantIn,
  judgeLedger,
  rowInWords,
  UNCLAIMED,
  type OldFiling,
  type Verdict,
} from '../filings/ledger-import.ts'
import { grantOf, organizationIdOf, type Filing } from '../filings/filing.ts'
import { normalizeName } from '../filings/names.ts'
import { numberKey } from '../filings/number.ts'
import { organizationOf } from '../filings/organization.ts'
import { loadPack } from '../pack.ts'
import { StoreError } from '../store/error.ts'
import { openStore } from '../store/open.ts'
import type { Store, Transaction } from '../store/store.ts'
import { failed, refused, type Outcome } from './outcome.ts'

const USAGE = `用法：
  npm run ledger -- import 台账.xlsx           一行一行收进来，每行说结果；收不了的行不影响别的行
  npm run ledger -- import 台账.xlsx --check   只检查，什么都不写`

const STILL_FREE =
  '没有收的行，编号没有占住。里面有今年的编号，请改好再导入一次，然后才启动机器人，免得给了别人。'

/** As who the record says that it was taken over. */
const IMPORTER = 'ledger'

export async function ledger(
  words: string[],
  environment: Environment,
  clock: Clock = systemClock,
): Promise<Outcome> {
  const check = words.includes('--check')
  const [verb, file, ...more] = words.filter((word) => word !== '--check')
  if (verb !== 'import' || file === undefined || more.length > 0) return refused(USAGE)
  if (!/\.xlsx$/i.test(file)) return refused('台账要是 .xlsx 文件。')
  let store: Store | undefined
  try {
    const config = parseConfig(environment)
    const pack = await loadPack(config.templatePack)
    const workbook = await readWorkbook(await readFile(file))
    if (workbook.type === 'refused') return refused(workbook.because)
    const { entries, unread } = entriesIn(workbook.sheets)
    if (entries.length === 0) return refused(...unread)
    const now = clock.now()
    const context = { pack, types: fieldTypes(pack), today: dayOf(now), now, by: IMPORTER }
    store = await openStore({ ...config, dataKeys: await dataKeysOf(config), clock, waitMs: 0 })
    const verdicts = judgeLedger(entries, context)
    const lines = new Map<Verdict, Line>()
    // What was filed first begins the record, wherever it stands in the sheet.
    for (const verdict of verdicts.toSorted((a, b) => (filedOnOf(a) < filedOnOf(b) ? -1 : 1))) {
      lines.set(verdict, await apply(verdict, store, check))
    }
    return outcomeOf(
      verdicts.flatMap((verdict) => lines.get(verdict) ?? []),
      check,
      unread,
    )
  } catch (error) {
    if (error instanceof StoreError && error.message.includes('正在被另一个进程')) {
      return refused('机器人正在运行，不能导入。请先停止机器人，导入完再启动。', error.message)
    }
    return failed(error, file)
  } finally {
    await store?.close()
  }
}

/** The rows of all sheets with a ledger, the earlier sheet first, and why a sheet was not taken for one. */
function entriesIn(sheets: readonly Sheet[]): {
  entries: Extract<LedgerReading, { ok: true }>['entries']
  unread: string[]
} {
  const filled = sheets.filter(({ rows }) => rows.length > 0)
  if (filled.length === 0) return { entries: [], unread: ['这个文件里没有内容。'] }
  const readings = filled.map(({ name, rows }) => ({ name, reading: readLedger(rows) }))
  const several = readings.filter(({ reading }) => reading.ok).length > 1
  return {
    entries: readings.flatMap(({ name, reading }) =>
      reading.ok ? reading.entries.map((entry) => (several ? { ...entry, sheet: name } : entry)) : [],
    ),
    unread: readings.flatMap(({ name, reading }) =>
      reading.ok ? [] : [`${filled.length > 1 ? `“${name}”表没有看：` : ''}${reading.because}`],
    ),
  }
}

type Line = { kind: 'taken' | 'noted' | 'held' | 'refused'; text: string }

const filedOnOf = (verdict: Verdict): string =>
  verdict.type === 'taken' ? grantIn(verdict.filing).filedOn : ''

/** One row, one transaction: what was taken stays, whatever becomes of the next row. */
async function apply(verdict: Verdict, store: Store, check: boolean): Promise<Line> {
  const head = `${rowInWords(verdict)} ${verdict.name || '（没有名称）'}：`
  const no = (because: string): Line => ({ kind: 'refused', text: `${head}没有收。${because}。` })
  if (verdict.type === 'refused') return no(verdict.because)
  const { filing } = verdict
  const place = await store.transact(async (tx) => {
    const found = await placeInRecord(filing, tx)
    if (found.type === 'new' && !check) await save(filing, found.chain, tx)
    return found
  })
  if (place.type === 'held') return { kind: 'held', text: `${head}以前导入过，没有再收。` }
  if (place.type === 'refused') return no(place.because)
  const notes = [
    ...verdict.notes,
    ...(place.chain.length > 0 && filing.kind === 'initial' ? ['和已有的是同一个组织，记在一起'] : []),
  ]
  const unclaimed = filing.applicant === UNCLAIMED ? '' : '，已绑定账号'
  const { filingNumber, validUntil } = grantIn(filing)
  const done = `${head}${check ? '可以收' : '已收'}，${filingNumber}，有效期至${validUntil}${unclaimed}。`
  return notes.length > 0
    ? { kind: 'noted', text: `${done}注意：${notes.join('；')}。` }
    : { kind: 'taken', text: done }
}

type PlaceInRecord =
  /** `chain`: the filings of the organization so far, none for a new one. */
  | { type: 'new'; chain: Filing[] }
  /** The same filing was taken over before. */
  | { type: 'held' }
  | { type: 'refused'; because: string }

/** Where a filing belongs among what is held. */
async function placeInRecord(filing: OldFiling, tx: Transaction): Promise<PlaceInRecord> {
  const { filingNumber, filedOn } = grantIn(filing)
  const refused = (because: string): PlaceInRecord => ({ type: 'refused', because })
  const name = normalizeName(filing.organizationName)
  const isSame = (one: Filing): boolean =>
    normalizeName(one.organizationName) === name && one.place === filing.place
  const isOfNumber = (one: Filing): boolean =>
    numberKey(grantOf(one)?.filingNumber ?? '') === numberKey(filingNumber)
  const isOfDay = (one: Filing): boolean => grantOf(one)?.filedOn === filedOn
  const holder = await tx.findByNumber(filingNumber)
  if (holder) {
    if (!isSame(holder)) return refused(`备案编号${filingNumber}已经有别的组织在用`)
    const rounds = await tx.listChain(organizationIdOf(holder))
    if (rounds.some((one) => isOfNumber(one) && isOfDay(one))) return { type: 'held' }
  } else if (await tx.isNumberTaken(filingNumber)) return refused(`备案编号${filingNumber}已经作废`)
  const [same] = await tx.findOrganizations(name)
  if (!same) return { type: 'new', chain: [] }
  const chain = await tx.listChain(same.organizationId)
  return chain.some((one) => grantOf(one) && isSame(one)) && !chain.some(isOfDay)
    ? { type: 'new', chain }
    : refused('已经有同名的组织')
}

/** Whoever has the organization has all its filings; a row with an account gives it those nobody claimed. */
async function save(filing: OldFiling, chain: readonly Filing[], tx: Transaction): Promise<void> {
  const { filedOn } = grantIn(filing)
  const record = organizationOf(chain, filedOn)
  const applicant = filing.applicant === UNCLAIMED ? (record?.applicant ?? UNCLAIMED) : filing.applicant
  for (const one of chain) {
    if (one.applicant === UNCLAIMED && applicant !== UNCLAIMED) await tx.saveFiling({ ...one, applicant })
  }
  const isAnew = chain.some((one) => (grantOf(one)?.filedOn ?? filedOn) < filedOn)
  // The case numbers of a year show when it was filed; the old ones come before those of the bot.
  const year = filedOn.slice(0, 4)
  const number = await tx.nextNumber(`case:${year}`)
  await tx.saveFiling({
    ...filing,
    kind: isAnew ? 'renewal' : 'initial',
    applicant,
    ...(record ? { organizationId: record.id } : {}),
    id: randomBytes(12).toString('base64url'),
    caseNumber: `${year}-${String(number).padStart(4, '0')}`,
  })
}

function outcomeOf(lines: Line[], check: boolean, unread: readonly string[]): Outcome {
  const count = (kind: Line['kind']): number => lines.filter((line) => line.kind === kind).length
  const taken = count('taken') + count('noted')
  const parts = [
    `共${lines.length}行：${check ? '可以收' : '收了'}${taken}行`,
    count('noted') > 0 ? `其中${count('noted')}行要看一下` : '',
    count('held') > 0 ? `${count('held')}行以前导入过` : '',
    count('refused') > 0 ? `${count('refused')}行没有收` : '',
  ]
  const summary = `${parts.filter(Boolean).join('，')}。${check ? '只是检查，什么都没有写。' : ''}`
  const isRefused = ({ kind }: Line): boolean => kind === 'refused'
  return {
    status: lines.some(isRefused) ? 1 : 0,
    says: [
      ...lines.filter((line) => !isRefused(line)).map(({ text }) => text),
      ...unread,
      summary,
      ...(lines.some(isRefused) ? [STILL_FREE] : []),
    ],
    problems: lines.filter(isRefused).map(({ text }) => text),
  }
}

if (import.meta.filename === process.argv[1]) {
  process.umask(0o077)
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { status, says, problems } = await ledger(process.argv.slice(2), process.env)
  for (const line of problems) console.error(line)
  for (const line of says) console.log(line)
  process.exitCode = status
}
