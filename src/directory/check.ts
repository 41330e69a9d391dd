import { z } from 'zod'
import { allPlaces, isStreetLevel, type Place } from '../filings/places.ts'
import type { Jurisdiction } from '../pack.ts'
import { Directory, GroupEntry, MOST_GROUPS, MOST_PEOPLE, PersonEntry } from './directory.ts'
import { nearestPath, pathOf, placeAt } from './place-path.ts'
import { roleInWords, type Role } from './roles.ts'
import type { Rows } from './workbook.ts'

const OFFICIAL_API = 'https://qyapi.weixin.qq.com'
const WEBHOOK_PATH = '/cgi-bin/webhook/send'

export type DirectoryReading = { ok: true; directory: Directory } | { ok: false; problems: string[] }

/** Parses what a directory file says and checks all of it against the places there are. */
export function readDirectory(
  data: unknown,
  jurisdiction: Jurisdiction,
  wecomApiBase: string,
  rows?: Rows,
): DirectoryReading {
  const problems = checkDirectory(data, jurisdiction, wecomApiBase, rows)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, directory: Directory.parse(data) }
}

/**
 * One Chinese line per problem, for the one who keeps the file; no phone and no webhook stands in them. Entries are
 * counted, unless it is known in which rows of a sheet they stand.
 */
export function checkDirectory(
  data: unknown,
  jurisdiction: Jurisdiction,
  wecomApiBase: string,
  rows?: Rows,
): string[] {
  const whole = z.record(z.string(), z.unknown()).safeParse(data)
  if (!whole.success) return ['文件里应有 people（人员）和 groups（群）两部分。']
  const { people, groups = [], ...unknown } = whole.data
  return [
    ...Object.keys(unknown).map((key) => `文件里有不认识的项目“${shortened(key)}”。`),
    ...(Array.isArray(people) && people.length === 0 ? ['people（人员）里一个人也没有。'] : []),
    ...listProblems('people（人员）', '人员', people, MOST_PEOPLE, rows?.people, (entries, nth) =>
      personProblems(entries, nth, jurisdiction),
    ),
    ...listProblems(
      'groups（群）',
      '群',
      groups === '' ? [] : groups,
      MOST_GROUPS,
      rows?.groups,
      (entries, nth) => groupProblems(entries, nth, jurisdiction, wecomApiBase),
    ),
  ]
}

/** What is wrong with one entry of a list, by its index. */
type Found = { index: number; says: string }

/** How the one who keeps the file finds an entry: 第 2 条, or 第 5 行 of a sheet. */
type Nth = (index: number) => string

function listProblems(
  title: string,
  item: string,
  list: unknown,
  most: number,
  rows: readonly number[] | undefined,
  check: (entries: Record<string, unknown>[], nth: Nth) => Found[],
): string[] {
  if (!Array.isArray(list)) return [`没有${title}这一部分，或者不是一条一条的。`]
  if (list.length > most) return [`${title}太多，最多 ${most} 条。`]
  const entries = list.map((entry) => z.record(z.string(), z.unknown()).safeParse(entry).data ?? {})
  const nth: Nth = (index) => (rows ? `第 ${rows[index] ?? 0} 行` : `第 ${index + 1} 条`)
  return check(entries, nth)
    .sort((a, b) => a.index - b.index)
    .map(({ index, says }) => {
      const name = entries[index]?.['name'] ?? entries[index]?.['userid']
      const known = typeof name === 'string' && name !== '' ? `（${shortened(name)}）` : ''
      return `${rows ? `“${item}”表` : item}${nth(index)}${known}：${says}。`
    })
}

const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return [...line].length > 30 ? `${[...line].slice(0, 30).join('')}…` : line
}

function personProblems(entries: Record<string, unknown>[], nth: Nth, jurisdiction: Jurisdiction): Found[] {
  const found = shapeProblems(entries, PersonEntry)
  const appointed = new Map<string, number>()
  const names = new Map<string, { name: string; index: number }>()
  for (const [index, entry] of entries.entries()) {
    const say = (says: string) => found.push({ index, says })
    const role = PersonEntry.shape.role.safeParse(entry['role']).data
    const place = PersonEntry.shape.place.safeParse(entry['place'])
    const userid = PersonEntry.shape.userid.safeParse(entry['userid']).data
    const name = PersonEntry.shape.name.safeParse(entry['name']).data
    const wrong = place.success ? placeProblem(role, place.data, jurisdiction) : undefined
    if (wrong !== undefined) say(wrong)
    if (userid === undefined) continue
    if (role !== undefined && place.success) {
      const same = appointed.get([userid, role, place.data ?? ''].join('|'))
      if (same !== undefined) say(`和${nth(same)}重复`)
      else appointed.set([userid, role, place.data ?? ''].join('|'), index)
    }
    if (name === undefined) continue
    const first = names.get(userid)
    if (first === undefined) names.set(userid, { name, index })
    else if (first.name !== name) say(`账号 ${userid} 在${nth(first.index)}叫另一个名字`)
  }
  return found
}

/** Why there is no such place, or a role cannot be held there; undefined when it can. */
function placeProblem(
  role: Role | undefined,
  path: string | undefined,
  jurisdiction: Jurisdiction,
): string | undefined {
  const place = path === undefined ? undefined : placeAt(path, jurisdiction)
  if (path !== undefined && place === undefined) return unknownPlace(path, jurisdiction)
  if (role === undefined) return undefined
  const title = roleInWords[role]
  switch (role) {
    case 'community':
      return place && !isStreetLevel(place)
        ? undefined
        : `${title}要写到社区（村），例如 ${example(jurisdiction, (one) => !isStreetLevel(one))}`
    case 'street':
      return place && isStreetLevel(place)
        ? undefined
        : `${title}要写街道（镇），例如 ${example(jurisdiction, isStreetLevel)}`
    case 'incubator':
      return place === undefined || isStreetLevel(place) ? undefined : `${title}写街道（镇），管全区的不写`
    case 'district':
    case 'operator':
      return place === undefined ? undefined : `${title}不分地方，地方（place）请空着`
  }
}

const unknownPlace = (path: string, jurisdiction: Jurisdiction): string =>
  `没有“${shortened(path)}”这个地方，最接近的是“${nearestPath(path, jurisdiction) ?? ''}”`

const example = (jurisdiction: Jurisdiction, suits: (place: Place) => boolean): string =>
  allPlaces(jurisdiction)
    .filter(suits)
    .slice(0, 1)
    .map((place) => pathOf(place))
    .join('')

function groupProblems(
  entries: Record<string, unknown>[],
  nth: Nth,
  jurisdiction: Jurisdiction,
  wecomApiBase: string,
): Found[] {
  const found = shapeProblems(entries, GroupEntry)
  const taken = new Map<string, number>()
  for (const [index, entry] of entries.entries()) {
    const say = (says: string) => found.push({ index, says })
    const { name, place, webhook, chatid } = GroupEntry.shape
    const known = {
      name: name.safeParse(entry['name']).data,
      webhook: webhook.safeParse(entry['webhook']).data,
      chatid: chatid.safeParse(entry['chatid']).data,
    }
    const path = place.safeParse(entry['place']).data
    if (path !== undefined && !placeAt(path, jurisdiction)) say(unknownPlace(path, jurisdiction))
    if (!entry['webhook'] && !entry['chatid']) say('webhook 和 chatid 至少写一个')
    const wrong = known.webhook === undefined ? undefined : webhookProblem(known.webhook, wecomApiBase)
    if (wrong !== undefined) say(wrong)
    for (const [key, title] of [
      ['name', '群名'],
      ['webhook', 'webhook '],
      ['chatid', 'chatid '],
    ] as const) {
      if (known[key] === undefined) continue
      const same = taken.get(`${key}|${known[key]}`)
      if (same !== undefined) say(`${title}和${nth(same)}重复`)
      else taken.set(`${key}|${known[key]}`, index)
    }
  }
  return found
}

/** A group robot's address is called with names and cases: it must be WeCom's, or where this bot finds WeCom. */
function webhookProblem(webhook: string, wecomApiBase: string): string | undefined {
  if (!URL.canParse(webhook)) return 'webhook 不是网址，请从群机器人的页面整条复制'
  const url = new URL(webhook)
  const allowed = [new URL(OFFICIAL_API), new URL(wecomApiBase)]
  if (!allowed.some(({ protocol, host }) => protocol === url.protocol && host === url.host)) {
    const hosts = [...new Set(allowed.map((base) => base.origin))].join(' 或 ')
    return `webhook 不是企业微信的地址，应以 ${hosts} 开头`
  }
  const key = url.searchParams.get('key') ?? ''
  if (url.username || url.password || !url.pathname.endsWith(WEBHOOK_PATH) || key === '')
    return `webhook 不完整，应为 …${WEBHOOK_PATH}?key=…`
  return undefined
}

function shapeProblems(entries: Record<string, unknown>[], schema: z.ZodType): Found[] {
  return entries.flatMap((entry, index) =>
    (schema.safeParse(entry).error?.issues ?? []).flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ index, says: `不认识的项目“${shortened(key)}”` }))
        : [{ index, says: issue.message }],
    ),
  )
}
