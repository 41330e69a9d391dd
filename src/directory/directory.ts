import { z } from 'zod'
import { phonesIn } from '../forms/field-types/phone.ts'
import { clean, plain } from '../forms/said.ts'
import { Role, roleFromWords, roleInWords } from './roles.ts'
import { tidyPath } from './place-path.ts'

const emptyIsAbsent = (value: unknown): unknown => (value === '' ? undefined : value)

const optional = <T extends z.ZodType>(schema: T) => z.preprocess(emptyIsAbsent, schema.optional())

/** What someone may write where a thing is asked for: one line, of people's length. */
const words = (what: string, longest: number) =>
  z
    .string({ error: `没有写${what}` })
    .transform(clean)
    .pipe(
      z
        .string()
        .min(1, `没有写${what}`)
        .max(longest, `${what}太长，最多 ${longest} 个字`)
        .regex(/^[^\n]*$/, `${what}要写成一行`),
    )

/** A member of the enterprise: WeCom's ids ignore case, the bot knows them in lower case. */
const UserIdText = z
  .string({ error: '没有写账号（userid）' })
  .transform((text) => plain(text).toLowerCase())
  .pipe(
    z
      .string()
      .min(1, { error: '没有写账号（userid）', abort: true })
      .regex(/^[a-z0-9_@.-]{1,64}$/, '账号（userid）应为 1–64 位的字母、数字，或者 _ - @ 和点'),
  )

const RoleText = z.string({ error: '没有写角色（role）' }).transform((text, context) => {
  const said = plain(text)
  const role = roleFromWords(said)
  if (role !== undefined) return role
  const known = Role.options.map((option) => `${option}（${roleInWords[option]}）`).join('、')
  context.addIssue(said === '' ? '没有写角色（role）' : `没有这种角色，应为${known}`)
  return z.NEVER
})

const PhoneText = z.string({ error: '电话应为一个号码' }).transform((text, context) => {
  const said = plain(text)
  const [phone, ...more] = phonesIn(said)
  const rest = phone ? said.slice(0, phone.start) + said.slice(phone.end) : said
  if (phone && more.length === 0 && rest.trim() === '') return phone.value
  context.addIssue('电话应为 11 位手机号，或带区号的座机')
  return z.NEVER
})

const PlaceText = words('地方（place）', 60).transform(tidyPath)

export const PersonEntry = z.strictObject({
  userid: UserIdText,
  name: words('姓名（name）', 32),
  role: RoleText,
  /** 解放街道/明珠社区, or 解放街道. */
  place: optional(PlaceText),
  phone: optional(PhoneText),
})
export type PersonEntry = z.infer<typeof PersonEntry>

export const GroupEntry = z.strictObject({
  name: words('群名（name）', 64),
  place: PlaceText,
  /** Push address of a group robot (群机器人). A secret: who has it can write into the group. */
  webhook: optional(words('webhook', 500)),
  /** A group the app or the robot knows. */
  chatid: optional(
    z
      .string({ error: '群号（chatid）应为一个词' })
      .trim()
      .regex(/^[\w@.-]{1,64}$/, '群号（chatid）应为 1–64 位的字母、数字，或者 _ - @ 和点'),
  ),
})
export type GroupEntry = z.infer<typeof GroupEntry>

export const MOST_PEOPLE = 5000
export const MOST_GROUPS = 1000

/**
 * People with their roles and places, and the groups (contract.md, Directory file). One person may stand here
 * several times. That the places exist and suit the roles is for `checkDirectory` to say.
 */
export const Directory = z.strictObject({
  people: z.array(PersonEntry).max(MOST_PEOPLE),
  groups: z.preprocess(emptyIsAbsent, z.array(GroupEntry).max(MOST_GROUPS).default([])),
})
export type Directory = z.infer<typeof Directory>

export const emptyDirectory: Directory = { people: [], groups: [] }
