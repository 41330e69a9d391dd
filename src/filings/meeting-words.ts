import type { Day } from '../clock.ts'
import { quantities, type Quantity } from '../forms/numbers.ts'
import { lengthOf } from '../forms/said.ts'
import { takeDay } from './day-words.ts'
import type { Meeting } from './procedure.ts'

/** What words say of a meeting: 「10月8日开的会，一共30人，到了20人，12人同意」. */
export type MeetingSaid = {
  value: Partial<Meeting>
  /** Why it cannot be taken. */
  problem?: string
  /** Why this is only one likely reading. */
  doubt?: string
  /** What the same words may say as well. */
  or?: Partial<Meeting>
}

type Count = Exclude<keyof Meeting, 'date'>
type Role = Count | 'absent' | 'against' | 'abstained'

const PEOPLE = '(?:个|名|位)?(?:人|成员|会员|队员|团员|代表)?(?:都|才|就|只|全部?)?'
const FILL = '(?:的|了|有|是|为|只|就|才|会|人数|人|票|都|数|:|\\s)*'

export const MOST_PEOPLE = 100_000

/** What stands behind a number and before it, in the order in which they are tried. */
const BEHIND: [Role, RegExp][] = [
  ['absent', new RegExp(`^${PEOPLE}(?:请假|没来|没到|缺席|不在|没参加)`)],
  ['against', new RegExp(`^${PEOPLE}(?:投了?)?(?:反对|不同意|不赞成)`)],
  ['abstained', new RegExp(`^${PEOPLE}(?:投了?)?弃权`)],
  ['inFavour', new RegExp(`^${PEOPLE}(?:举手|表示|投票?了?)*(?:同意|赞成|赞同|支持|举手)`)],
  ['inFavour', /^票/],
  ['present', new RegExp(`^${PEOPLE}(?:到|来|出席|参加|在场|签到)`)],
]
const BEFORE: [Role, RegExp][] = [
  ['absent', new RegExp(`(?:请假|没来|没到|缺席)${FILL}$`)],
  ['against', new RegExp(`(?:反对|不同意|不赞成)${FILL}$`)],
  ['abstained', new RegExp(`弃权${FILL}$`)],
  ['inFavour', new RegExp(`(?:同意|赞成|赞同|支持|举手)${FILL}$`)],
  ['members', new RegExp(`(?:应到|一共|总共|总数|全体|全队|全团|成员|会员|队员|共)${FILL}$`)],
  ['present', new RegExp(`(?:实到|到会|到场|到|来|出席|参加|签到)${FILL}$`)],
]

/** Numbers that count no people, and times of day. */
const OTHER = /^\s*(?:年|月|日|号|条|点|次|元|块|岁|天|届|份|场|项|平|%|分之|小时|楼|栋|:)/
const NO_COUNT =
  /(?:上午|下午|早上|晚上|中午)?\s*[\d一二三四五六七八九十]{1,3}\s*点(?:半|钟|整|\d{1,2}分?)?|\d{1,2}:\d{2}|\d\s*\/\s*\d|[一二三四五六七八九\d]+分之[一二三四五六七八九\d]+|[一1]人[一1]票|第[一二三四五六七八九十\d]+[条次届]/g

/** What only happens at a meeting; 到 and 来 alone may be said of anything. */
const AT_MEETING =
  /开[^，。；]{0,6}会|会议|大会|到会|表决|投票|举手|全票|(?:到|来|出席|参加)[^，。；]*(?:同意|赞成)/u
const OF_MEETING =
  /会|表决|投票|举手|全票|同意|赞成|反对|弃权|通过|应到|实到|请假|出席|参加|到[了齐]|来[了齐]|总共|一共/u
const BARE_DAY = /^(?:\d{4}[年.-])?\d{1,2}[月.-]\d{1,2}[日号]?$|^[昨前今]天$/u
const NUMBER = /[\d〇零一二两三四五六七八九十百全都昨前今]/u

/** A text parted into its clauses about a meeting and the others; `about` is empty where it tells of none. */
export function aboutMeeting(text: string): { about: string; rest: string } {
  if (!AT_MEETING.test(text)) return { about: '', rest: text }
  const clauses = text.split(/[\s，,。；;]+/u).filter((clause) => clause.trim() !== '')
  const isAbout = (clause: string): boolean =>
    BARE_DAY.test(clause) || (OF_MEETING.test(clause) && (NUMBER.test(clause) || lengthOf(clause) <= 6))
  const join = (some: string[]): string => some.join('，')
  return {
    about: join(clauses.filter(isAbout)),
    rest: join(clauses.filter((clause) => !isAbout(clause))),
  }
}

/** `wanted` is what was asked for last, `known` what was told before. */
export function readMeeting(
  text: string,
  today: Day,
  wanted: keyof Meeting | undefined,
  known: Partial<Meeting>,
): MeetingSaid {
  const { day, problem, doubt, rest } = takeDay(text, today, wanted === 'date')
  if (problem !== undefined) return { value: {}, problem }
  const counted = readCounts(withoutFalseNumbers(rest), wanted, known)
  if (counted.problem !== undefined) return counted
  const doubts = [doubt, counted.doubt].filter((one) => one !== undefined)
  const date = day === undefined ? {} : { date: day }
  return {
    value: { ...date, ...counted.value },
    ...(counted.or ? { or: { ...date, ...counted.or } } : {}),
    ...(doubts.length > 0 ? { doubt: doubts.join('；') } : {}),
  }
}

/** 一共, 一致 and 一个不少 count nobody. */
const withoutFalseNumbers = (text: string): string =>
  text
    .replace(NO_COUNT, '，')
    .replaceAll('一共', '总共')
    .replaceAll('一致', '全票')
    .replaceAll('一个不少', '全员')
    .replace(/[一两](?=[起下样般定直些边])/g, '同')

function readCounts(text: string, wanted: keyof Meeting | undefined, known: Partial<Meeting>): MeetingSaid {
  const found = quantities(text).filter(({ end }) => !OTHER.test(text.slice(end)))
  if (found.some(({ range, approximate, value }) => range || approximate || !Number.isInteger(value))) {
    return { value: {}, problem: '人数要准数，请按签到的人数说' }
  }
  if (found.some(({ value }) => value > MOST_PEOPLE)) return { value: {}, problem: '人数太多了，请核对' }
  const roles = rolesOf(text, found)
  const seen: Partial<Record<Role, number>> = {}
  for (const [at, { value }] of found.entries()) {
    const role = roles[at]
    if (role !== undefined) seen[role] ??= value
  }
  const loose = found.flatMap(({ value }, at) => (roles[at] === undefined ? [value] : []))
  const doubt = placeLoose(loose, seen, wanted, known)
  if (doubt === false) return { value: {}, problem: '请分开说：一共多少人，到会多少人，多少人同意' }
  const told = conclude(text, seen, known, doubt)
  const or = seen.members === undefined && known.members === undefined && otherWay(text, found, roles)
  return or ? { ...told, or } : told
}

const CAME = new RegExp(`^${PEOPLE}(?:到|来|出席|参加)(?:了|会|场|的|有)*$`)

/** 20人到了16人同意: twenty came and sixteen of them agreed, or of twenty members sixteen came and agreed. */
function otherWay(
  text: string,
  found: readonly Quantity[],
  roles: readonly (Role | undefined)[],
): Partial<Meeting> | undefined {
  const [first, second] = found
  if (!first || !second || found.length > 2 || roles.join() !== 'present,inFavour') return undefined
  if (!CAME.test(text.slice(first.end, second.start))) return undefined
  return { members: first.value, present: second.value, inFavour: second.value }
}

const ALL_OF_THEM = /^(?:个|名|位)?(?:人|成员|会员|队员|团员|代表)?(?:都|全)/

/** From right to left: words between two numbers belong to the right one first, 30人到了20人. */
function rolesOf(text: string, found: readonly Quantity[]): (Role | undefined)[] {
  const roles: (Role | undefined)[] = []
  let limit = text.length
  for (let at = found.length - 1; at >= 0; at--) {
    const { start, end } = found[at] ?? { start: 0, end: 0 }
    const behind = /^[^,。;、，；]*/.exec(text.slice(end, limit))?.[0] ?? ''
    const before = text.slice(found[at - 1]?.end ?? 0, start)
    const byBehind = BEHIND.find(([, pattern]) => pattern.test(behind))?.[0]
    const byBefore = BEFORE.map(([role, pattern]) => ({ role, match: pattern.exec(before) })).find(
      ({ match }) => match !== null,
    )
    // 20人到了13人都同意: the same thirteen came and agreed; ALL_AGREED says the second.
    if (at > 0 && byBehind === 'inFavour' && byBefore?.role === 'present' && ALL_OF_THEM.test(behind)) {
      roles[at] = 'present'
      limit = start - (byBefore.match?.[0].length ?? 0)
      continue
    }
    roles[at] = byBehind ?? byBefore?.role
    limit = byBehind === undefined && byBefore?.match ? start - byBefore.match[0].length : start
  }
  return roles
}

/** Numbers without a word: the one asked for, the members before the others, or all three in order. */
function placeLoose(
  loose: readonly number[],
  seen: Partial<Record<Role, number>>,
  wanted: keyof Meeting | undefined,
  known: Partial<Meeting>,
): string | undefined | false {
  const [only] = loose
  if (only === undefined) return undefined
  const open = (['members', 'present', 'inFavour'] as const).filter(
    (count) => seen[count] === undefined && known[count] === undefined,
  )
  if (loose.length === 1) {
    const hasOthers = Object.keys(seen).length > 0
    const count = hasOthers ? open[0] : wanted === 'date' ? undefined : (wanted ?? open[0])
    // A bare number after the question for the day is no number of people.
    if (count === undefined) return wanted === 'date' && !hasOthers ? undefined : false
    seen[count] = only
    return undefined
  }
  if (loose.length !== open.length) return false
  for (const [at, count] of open.entries()) seen[count] = loose[at] ?? 0
  return '按“一共、到会、同意”的次序记的'
}

const ALL_CAME = /(?:都|全部?|全员)(?:都)?(?:到|来)(?:齐|了|会|场|$)|到齐|来齐|全勤/
const ALL_AGREED =
  /全票|(?:都|全部?|全都)(?:(?:到|来)[了齐会场]*[，,、\s]*(?:也|并|且|就)?)?(?:举手)?(?:同意|赞成|赞同)(?!的?\s*[\d一二三四五六七八九十])/

/** 都到了, 全票, 3人请假, 2人反对 say the other numbers. */
function conclude(
  text: string,
  seen: Partial<Record<Role, number>>,
  known: Partial<Meeting>,
  doubt: string | undefined,
): MeetingSaid {
  const allCame = ALL_CAME.test(text)
  const members = seen.members ?? known.members ?? (allCame ? seen.present : undefined)
  const implied =
    members === undefined
      ? undefined
      : seen.absent !== undefined
        ? members - seen.absent
        : allCame
          ? members
          : undefined
  const present = seen.present ?? implied
  const came = present ?? known.present
  const others = (seen.against ?? 0) + (seen.abstained ?? 0)
  const isRest = seen.inFavour === undefined && (seen.against !== undefined || seen.abstained !== undefined)
  const agreed = came !== undefined && (isRest || ALL_AGREED.test(text)) ? came - others : undefined
  const inFavour = seen.inFavour ?? agreed
  const doubts = [doubt, isRest && agreed !== undefined ? '其余的人都算同意' : undefined].filter(
    (one) => one !== undefined,
  )
  return {
    value: {
      ...(members === undefined || members === known.members ? {} : { members }),
      ...(present === undefined ? {} : { present }),
      ...(inFavour === undefined ? {} : { inFavour }),
    },
    ...(doubts.length > 0 ? { doubt: doubts.join('；') } : {}),
  }
}
