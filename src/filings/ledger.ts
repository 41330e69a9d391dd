import { dayOf, type Day } from '../clock.ts'
import { valueOf, type Answers } from '../forms/answers.ts'
import type { Field, FormDefinition } from '../forms/definition.ts'
import type { FieldTypes } from '../forms/field-type.ts'
import { maskPhone } from '../forms/mask.ts'
import type { Jurisdiction } from '../pack.ts'
import { grantOf, organizationIdOf, statusOf, type Filing } from './filing.ts'
import { membersOnRecord } from './members.ts'
import { numberKey } from './number.ts'
import { organizationOf, type Organization } from './organization.ts'
import { isStreetLevel, placeByCode } from './places.ts'

/** The columns of the ledger (practice.md 12), narrow enough to be read on A4 across. */
export const LEDGER_COLUMNS = [
  { title: '序号', width: 5 },
  { title: '备案编号', width: 22 },
  { title: '名称', width: 24 },
  { title: '街道', width: 10 },
  { title: '社区/村', width: 10 },
  { title: '组织类别', width: 10 },
  { title: '服务类别', width: 10 },
  { title: '主要负责人', width: 8 },
  { title: '联系电话', width: 13 },
  { title: '会员数/工作人员数', width: 8 },
  { title: '活动场所', width: 24 },
  { title: '备案日期', width: 11 },
  { title: '到期日期', width: 11 },
  { title: '状态', width: 8 },
  { title: '本月变化', width: 8 },
  { title: '党员负责人', width: 6 },
  { title: '备注', width: 12 },
] as const

export type LedgerColumn = (typeof LEDGER_COLUMNS)[number]['title']

export type LedgerRules = {
  jurisdiction: Jurisdiction
  forms: readonly FormDefinition[]
  types: FieldTypes
  today: Day
  /** Whole phone numbers: for the district. */
  phones: boolean
}

/** Organizations from their filings in any order: those of a street together, by their numbers. */
export function organizationsIn(filings: readonly Filing[], today: Day): Organization[] {
  const chains = new Map<string, Filing[]>()
  for (const filing of filings) {
    const id = organizationIdOf(filing)
    chains.set(id, [...(chains.get(id) ?? []), filing])
  }
  return [...chains.values()]
    .flatMap((chain) => organizationOf(chain, today) ?? [])
    .sort(
      (a, b) =>
        inNumbers.compare(a.place.slice(0, 9), b.place.slice(0, 9)) ||
        byNumber(a, b) ||
        (a.id < b.id ? -1 : 1),
    )
}

const inNumbers = new Intl.Collator('zh', { numeric: true })
const byNumber = (a: Organization, b: Organization): number =>
  inNumbers.compare(numberKey(a.filingNumber), numberKey(b.filingNumber))

/** One row of the ledger for each organization, cancelled ones of this month included. */
export function ledgerRows(filings: readonly Filing[], rules: LedgerRules): string[][] {
  const month = rules.today.slice(0, 7)
  return organizationsIn(filings, rules.today)
    .filter(({ state }) => state.type !== 'cancelled' || state.on.startsWith(month))
    .map((organization, index) => [
      String(index + 1),
      ...ledgerRow(organization, rules, changesIn(organization, filings, month)),
    ])
}

/** What stands behind the number in sequence. `changes` says what became of it this month. */
export function ledgerRow(organization: Organization, rules: LedgerRules, changes: string): string[] {
  const { answers, filingNumber, name, filedOn, validUntil } = organization
  const place = placeByCode(organization.place, rules.jurisdiction)
  const text = (id: string): string => printed(answers, id, rules)
  const phone = valueOf(answers, 'principalPhone')
  const shown = typeof phone === 'string' ? (rules.phones ? phone : maskPhone(phone)) : ''
  const isImported = organization.versions.some(({ filing }) => grantOf(filing)?.type === 'imported')
  const political = valueOf(answers, 'principalPolitical')
  return [
    filingNumber,
    name,
    place?.street.name ?? '',
    place && !isStreetLevel(place) ? place.name : '',
    text('organizationCategory'),
    text('category'),
    text('principalName'),
    shown,
    String(membersOnRecord(answers) ?? ''),
    text('venue'),
    filedOn,
    validUntil,
    stateInWords(organization),
    changes,
    political === undefined ? '' : /中共(预备)?党员/.test(text('principalPolitical')) ? '是' : '否',
    [
      ...(isImported ? ['旧台账'] : []),
      ...organization.earlierNumbers.map((number) => `原编号${number}`),
    ].join('；'),
  ]
}

/** As on paper. */
function printed(answers: Answers, id: string, { forms, types }: LedgerRules): string {
  const field: Field | undefined = forms.flatMap(({ fields }) => fields).find((one) => one.id === id)
  const value = field && types[field.type].Value.safeParse(valueOf(answers, id))
  return field && value?.success ? (types[field.type].print(value.data, field)[''] ?? '') : ''
}

/** Past its last day an organization is 已过期 until it is filed anew. */
export function stateInWords({ state, versions }: Pick<Organization, 'state' | 'versions'>): string {
  if (state.type === 'cancelled') return '已注销'
  if (state.type === 'expired') return '已过期'
  const last = versions.at(-1)?.filing
  const status = last && statusOf(last)
  return status === 'approved' ? '待盖章' : status === 'sealed' ? '待分发' : '已备案'
}

const KINDS: Record<Filing['kind'], string> = {
  initial: '新备案',
  change: '变更',
  cancellation: '注销',
  renewal: '续办',
}

/** What the authority agreed to this month; what was taken over from paper did not happen now. */
function changesIn({ id }: Organization, filings: readonly Filing[], month: string): string {
  const kinds = filings.flatMap((filing) => {
    const grant = grantOf(filing)
    const isNow =
      organizationIdOf(filing) === id &&
      grant?.type === 'approved' &&
      dayOf(new Date(grant.at)).startsWith(month)
    return isNow ? [KINDS[filing.kind]] : []
  })
  return [...new Set(kinds)].join('、')
}

/** The summary: of each of these streets how many of which category, how many are expired, what changed this month. */
export function ledgerSummary(rows: readonly string[][], streets: readonly string[]): string[][] {
  const at = (title: LedgerColumn): number => LEDGER_COLUMNS.findIndex((column) => column.title === title)
  const line = (street: string, those: readonly string[][]): string[] => {
    const filed = those.filter((row) => row[at('状态')] !== '已注销')
    const among = (title: LedgerColumn, value: string): string =>
      String(filed.filter((row) => row[at(title)] === value).length)
    const changed = (kind: string): string =>
      String(those.filter((row) => row[at('本月变化')]?.includes(kind)).length)
    return [
      street,
      String(filed.length),
      among('组织类别', '社会团体'),
      among('组织类别', '民办非企业单位'),
      among('状态', '已过期'),
      ...Object.values(KINDS).map(changed),
    ]
  }
  return [
    ...streets.map((street) =>
      line(
        street,
        rows.filter((row) => row[at('街道')] === street),
      ),
    ),
    ...(streets.length > 1 ? [line('合计', rows)] : []),
  ]
}

export const SUMMARY_COLUMNS = [
  { title: '街道', width: 10 },
  { title: '合计', width: 10 },
  { title: '社会团体', width: 12 },
  { title: '民办非企业单位', width: 18 },
  { title: '已过期', width: 10 },
  ...Object.values(KINDS).map((title) => ({ title: `本月${title}`, width: 12 })),
]
