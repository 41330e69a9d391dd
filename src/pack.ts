import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { Calendar } from './calendar.ts'
import { FormDefinition } from './forms/definition.ts'
import { Duties } from './reminders/duties.ts'
import { MonthlyReports } from './reminders/report-forms.ts'
import { Targets } from './reminders/targets.ts'

const Community = z.strictObject({
  /** 12 digits of the national code. */
  code: z.string().regex(/^\d{12}$/),
  name: z.string(),
  kind: z.enum(['community', 'village']),
  /** Full name of the residents' or villagers' committee. */
  committee: z.string(),
  aliases: z.array(z.string()).default([]),
  /** First day on which the body no longer exists. */
  until: z.iso.date().optional(),
})
export type Community = z.infer<typeof Community>

const Street = z.strictObject({
  code: z.string().regex(/^\d{12}$/),
  name: z.string(),
  kind: z.enum(['street', 'town']),
  /** The filing authority: 街道办事处 or 镇人民政府. */
  authority: z.string(),
  aliases: z.array(z.string()).default([]),
  communities: z.array(Community),
})
export type Street = z.infer<typeof Street>

export const Jurisdiction = z.strictObject({
  city: z.string(),
  district: z.string(),
  code: z.string(),
  streets: z.array(Street),
})
export type Jurisdiction = z.infer<typeof Jurisdiction>

const Contact = z.strictObject({ name: z.string(), phone: z.string() })

export const Notices = z.strictObject({
  greeting: z.string(),
  /** For staff in their single chats; without one the other. */
  staffGreeting: z.string().optional(),
  consent: z.strictObject({ version: z.string(), text: z.string() }),
  contacts: z.strictObject({ bureau: Contact, authorities: z.record(z.string(), Contact) }),
})
export type Notices = z.infer<typeof Notices>

/** The naming rule's word lists (附件4第一条注1). */
export const NameRules = z.strictObject({
  /** Organizational forms a name may end with, for example 队, 艺术团. */
  forms: z.array(z.string()),
  businessWords: z.array(z.string()),
  /** Words for what an organization does (行(事)业或业务领域), which stand before the form: 志愿服务, 艺术. */
  areas: z.array(z.string()).default([]),
  forbidden: z.array(z.string()),
})
export type NameRules = z.infer<typeof NameRules>

const streetCode = z.string().regex(/^\d{9}000$/)

/** How filing numbers look (附件1填表说明4); authorities are codes of streets and towns. */
export const NumberRules = z.strictObject({
  /** For example `{prefix}〔{year}〕{number}号`: each of the three parts once, in this order. */
  pattern: z.string().regex(/^[^{}\d]*\{prefix\}[^{}\d]+\{year\}[^{}\d]+\{number\}[^{}\d]*$/, {
    error:
      '要像 {prefix}〔{year}〕{number}号：三样照这个顺序各写一次，中间要有别的字隔开，不能再有数字和花括号',
  }),
  /** Least number of digits, filled up with zeros. */
  padding: z.int().min(0).max(6).default(0),
  /** By authority; no two the same. */
  prefixes: z
    .record(streetCode, z.string().regex(/^[^{}\d\s]{1,20}$/))
    .refine((prefixes) => new Set(Object.values(prefixes)).size === Object.keys(prefixes).length, {
      error: 'two authorities have the same prefix',
    }),
  /** The first number of an authority and year where it is not 1: lower ones were given on paper. */
  first: z.record(streetCode, z.record(z.string().regex(/^\d{4}$/), z.int().positive())).default({}),
  /** Whether a renewal keeps the number of the organization. */
  renewalKeepsNumber: z.boolean().default(false),
})
export type NumberRules = z.infer<typeof NumberRules>

/** How long a filing is valid (附件1填表说明6). `lastDay`: the corresponding day, or the one before it. */
export const ValidityRules = z.strictObject({
  years: z.int().min(1).max(10),
  lastDay: z.enum(['sameDay', 'dayBefore']),
})
export type ValidityRules = z.infer<typeof ValidityRules>

export const ReviewRules = z.strictObject({
  /** Working days an office should need; for information, the document sets none. */
  workingDays: z.strictObject({ community: z.int().positive(), street: z.int().positive() }),
  /** Stock reasons of a return, each with the fields it is about; none: the papers. */
  returnReasons: z.array(z.strictObject({ items: z.array(z.string()), text: z.string().min(2).max(200) })),
})
export type ReviewRules = z.infer<typeof ReviewRules>

const Kept = z.strictObject({
  days: z.int().min(30).max(36_500),
  /** Not in any document: to be settled by the bureau. */
  proposal: z.boolean(),
})

/** How long each class of data is kept, in days (practice.md 6.3). Nothing goes by itself when they are over. */
export const RetentionRules = z.strictObject({
  /** Forms nobody went on with, from the last answer. */
  drafts: Kept,
  declined: Kept,
  withdrawn: Kept,
  /** Everything filed for an organization, from its cancellation. */
  cancelled: Kept,
  /** From the last answer to it. */
  complaints: Kept,
  /** The log of who looked at personal data. */
  accesses: Kept,
  /**
   * Monthly reports, inspections, the list of responsibilities and reminders, from what happened last. Shorter than
   * a filing is valid, and what was reminded of would be reminded of again.
   */
  matters: Kept.extend({ days: z.int().min(800).max(36_500) }).default({ days: 3650, proposal: true }),
  /** The ledgers handed in for a month. */
  ledgers: Kept.default({ days: 10_950, proposal: true }),
})
export type RetentionRules = z.infer<typeof RetentionRules>

const Header = z.strictObject({
  id: z.string(),
  name: z.string(),
  edition: z.string(),
  names: NameRules,
  numbers: NumberRules,
  validity: ValidityRules,
  review: ReviewRules,
  /** Slips of the model charter (附件4) are printed as issued until the bureau switches the corrected text on. */
  charterEdition: z.enum(['published', 'corrected']).default('published'),
})

/** Everything about one district: its places, forms, papers and words. */
export type Pack = {
  folder: string
  id: string
  name: string
  edition: string
  names: NameRules
  numbers: NumberRules
  validity: ValidityRules
  review: ReviewRules
  charterEdition: 'published' | 'corrected'
  jurisdiction: Jurisdiction
  notices: Notices
  calendar: Calendar
  duties: Duties
  monthlyReports: MonthlyReports
  targets: Targets
  retention: RetentionRules
  forms: FormDefinition[]
}

/** A file of the pack is not what it must be; the message names file, place and what is expected. */
export class PackError extends Error {
  override name = 'PackError'
}

async function readYaml<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  let data: unknown
  try {
    data = parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw new PackError(`${file}: ${(cause as Error).message}`, { cause })
  }
  const result = schema.safeParse(data)
  if (!result.success) throw new PackError(`${file}:\n${z.prettifyError(result.error)}`)
  return result.data
}

export async function loadPack(folder: string): Promise<Pack> {
  const header = await readYaml(path.join(folder, 'pack.yaml'), Header)
  const jurisdiction = await readYaml(path.join(folder, 'jurisdiction.yaml'), Jurisdiction)
  const nameless = jurisdiction.streets.filter(({ code }) => header.numbers.prefixes[code] === undefined)
  if (nameless.length > 0) {
    const streets = nameless.map(({ code, name }) => `${code} (${name})`).join(', ')
    throw new PackError(`${path.join(folder, 'pack.yaml')}: numbers.prefixes lacks ${streets}`)
  }
  const duties = await readYaml(path.join(folder, 'duties.yaml'), Duties)
  const names = (await readdir(path.join(folder, 'forms'))).filter((name) => name.endsWith('.yaml')).sort()
  const forms = await Promise.all(
    names.map((name) => readYaml(path.join(folder, 'forms', name), FormDefinition)),
  )
  const asked = new Set(forms.flatMap(({ fields }) => fields.map(({ id }) => id)))
  const unknown = header.review.returnReasons.flatMap(({ items }) => items.filter((id) => !asked.has(id)))
  if (unknown.length > 0) {
    const file = path.join(folder, 'pack.yaml')
    throw new PackError(`${file}: review.returnReasons names no question of a form: ${unknown.join(', ')}`)
  }
  return {
    folder,
    ...header,
    jurisdiction,
    notices: await readYaml(path.join(folder, 'notices.yaml'), Notices),
    calendar: await readYaml(path.join(folder, 'calendar.yaml'), Calendar),
    duties,
    monthlyReports: await readReports(folder, duties),
    targets: await readYaml(path.join(folder, 'targets.yaml'), Targets),
    retention: await readYaml(path.join(folder, 'retention.yaml'), RetentionRules),
    forms,
  }
}

/** A report is of organizations, or of the offices of streets that have no other way to hand it in. */
async function readReports(folder: string, { duties }: Duties): Promise<MonthlyReports> {
  const file = path.join(folder, 'monthly-reports.yaml')
  const read = await readYaml(file, MonthlyReports)
  for (const { duty: id } of read.reports) {
    const duty = duties.find((one) => one.id === id)
    if (duty?.owes !== 'organization' && duty?.owes !== 'incubator')
      throw new PackError(`${file}: no duty of organizations or incubators is called ${id}`)
  }
  return read
}
