import { numeral, quantities, type Quantity } from '../../forms/numbers.ts'

/** Who came and who agreed, read from free words: 45个成员来了31个, 15个同意. */
export type Attendance = {
  total?: Count
  present?: Count
  /** 来了一半多: a share of the members instead of a number. */
  presentShare?: Share
  favour?: number
  against?: number
  abstained?: number
}

/** One number, or the bounds that were said: 二十几. */
export type Count = { from: number; to: number }

/** The share that came; `more` and `less`: 一半多, 不到一半. `said`: 来了一半多, 30%没来. */
export type Share = { part: number; of: number; more: boolean; less: boolean; said: string }

type Role = 'total' | 'present' | 'absent' | 'favour' | 'against' | 'abstained'

const PEOPLE = '(?:个|名|位|人|号人|口人|多人|号|票|来号人)*(?:人|队员|会员|成员|团员|队友|姐妹|老人|代表)?'
const FILL = '(?:的|了|有|是|为|只|就|才|共|一共|总共|人数|人|票|都|过|数|：|:)*'

/** What stands before a number, and what stands behind it, in the order in which they are tried. */
const BEFORE: [Role, RegExp][] = [
  ['absent', new RegExp(`(?:缺席|缺|没来|没到|请假|不在|没能来|少)${FILL}$`)],
  [
    'against',
    new RegExp(`(?:反对票?|不(?:同意|赞成|赞同|支持)|没有?(?:投赞成票|同意|赞成|支持|举手))${FILL}$`),
  ],
  ['abstained', new RegExp(`弃权${FILL}$`)],
  ['favour', new RegExp(`(?<![不没有])(?:同意|赞成|赞同|举手|支持|点头|投了?赞成票?)${FILL}$`)],
  ['present', new RegExp(`(?:来|(?<!应)到|到会|到场|出席|实到|参加|参会|在场|签到|现场|[来到]开会)${FILL}$`)],
  [
    'total',
    new RegExp(
      `(?:一共|总共|总数|全队|全体|全团|全社|应到|在册|名册上?|登记|成员|会员|队员|队里|团里|会里|我们|共)${FILL}$`,
    ),
  ],
]
const BEHIND: [Role, RegExp][] = [
  ['absent', new RegExp(`^${PEOPLE}(?:都|是)?(?:请假|没来|没到|缺席|不来|来不了|没参加|没能来|不在)`)],
  [
    'against',
    new RegExp(
      `^${PEOPLE}(?:都|是|投了?)?(?:反对|不同意|不赞成|不赞同|不支持|没有?(?:举|同意|投|赞成|支持))`,
    ),
  ],
  ['abstained', new RegExp(`^${PEOPLE}(?:都|是|投了?)?(?:弃权|没表态|不表态|没吭声|不吭声|没说话)`)],
  [
    'favour',
    new RegExp(`^${PEOPLE}(?:举手|都|表示|投了?|说|才)?(?:同意|赞成|赞同|举手|支持|点头|说行|说好|说可以)`),
  ],
  ['against', /^票?反对/],
  ['present', new RegExp(`^${PEOPLE}(?:都|才)?(?:到|来|出席|参加|在场|到场|参会)`)],
]

/** 一人一票, 一个顶两票, a bare 几个 and 百分之六十五 count nobody. */
const withoutBallots = (text: string): string =>
  text
    .replace(/(?<!\d)[一1每]个?(?:人|顶|投|有)+(?:[一两1-3几]|多少)张?票|(?<![十百])[一两]票/g, (said) =>
      '＿'.repeat(said.length),
    )
    .replace(/(?<![十百千万\d一二三四五六七八九])几/g, '＿')

/** Numbers that count no people. */
const OTHER_UNIT =
  /^(?:张(?!票)|栏|格|行|页|处|字|种|类|样|枚|倍|年|月|日|号(?!人)|条|点|次|元|块|岁|天|届|份|场|%|家|平|届|项|周|分之|小时|楼|栋|个月|个社区|个村|个组织|个条件)/

export function readAttendance(question: string): Attendance {
  const said = withoutShares(withoutBallots(question.normalize('NFKC').replace(/\s/g, '')))
  const text = said.text.replace(/百分之[\d一二三四五六七八九十]+/g, (share) => '＿'.repeat(share.length))
  const found = quantities(text).filter((quantity) => countsPeople(text, quantity))
  const roles = rolesOf(text, found)
  const seen: Partial<Record<Role, Count>> = {}
  found.forEach((quantity, at) => {
    const role = roles[at] ?? (seen.total === undefined ? 'total' : undefined)
    if (role === undefined) return
    const count = countOf(quantity)
    const before = seen[role]
    // 3个请假2个没来 are five; 5个请假,其中2个住院 are not seven.
    if (role === 'absent' && before !== undefined && !/其中|里面?有?/.test(text))
      seen.absent = { from: before.from + count.from, to: before.to + count.to }
    else seen[role] ??= count
  })
  return conclude(text, seen, said.shares)
}

const countOf = ({ value, range }: Quantity): Count => ({
  from: range?.from ?? value,
  to: range?.to ?? value,
})

const countsPeople = (text: string, { start, end, value, range }: Quantity): boolean =>
  Number.isInteger(value) &&
  (value >= 1 || range !== undefined) &&
  !OTHER_UNIT.test(text.slice(end)) &&
  !text.slice(0, start).endsWith('第') &&
  // 一个人说了算, 每人一票
  !/^(?:人|个人)(?:一|1)票/.test(text.slice(end)) &&
  !(
    value === 1 &&
    /^(?:人|票|个人说|起|下|样|般|致|些|直|定|只|共|个顶|个老|个也|个才|个只|个不到|个刚)/.test(
      text.slice(end),
    )
  )

/** From right to left, for a verb between two numbers belongs to the one it was said for: 45个成员来了31个. */
function rolesOf(text: string, found: Quantity[]): (Role | undefined)[] {
  const roles: (Role | undefined)[] = []
  let limit = text.length
  for (let at = found.length - 1; at >= 0; at--) {
    const { start, end } = found[at] as Quantity
    const behind = /^[^,。;?!、，；？！]*/.exec(text.slice(end, limit))?.[0] ?? ''
    const before = text.slice(found[at - 1]?.end ?? 0, start).replace(/.*[。;?!；？！]/, '')
    const byBehind = BEHIND.find(([, pattern]) => pattern.test(behind))?.[0]
    const byBefore = BEFORE.map(([role, pattern]) => ({ role, match: pattern.exec(before) })).find(
      ({ match }) => match !== null,
    )
    // 16票 agreed, where nothing else is said of them.
    roles[at] = byBehind ?? byBefore?.role ?? (behind.startsWith('票') ? 'favour' : undefined)
    // Words used for this number are not there for the one before it.
    limit = byBehind === undefined && byBefore?.match ? start - byBefore.match[0].length : start
  }
  return roles
}

function conclude(text: string, seen: Partial<Record<Role, Count>>, shares: Share[]): Attendance {
  // 三十六个人来了一半: the share came of those, who did not all come.
  const ofAll = shares.length > 0 && seen.total === undefined
  const total = ofAll ? seen.present : seen.total
  let present = ofAll ? undefined : seen.present
  if (present === undefined && total !== undefined && seen.absent !== undefined) {
    present = { from: total.from - seen.absent.to, to: total.to - seen.absent.from }
  }
  if (
    present === undefined &&
    /(?:全部?|都|全员|一个不少)(?:都)?(?:到|来)(?:齐|了|场|会|$)|到齐|来齐|全勤/.test(text)
  ) {
    present = total
  }
  const exact = (count: Count | undefined) => (count && count.from === count.to ? count.from : undefined)
  const against = exact(seen.against)
  const abstained = exact(seen.abstained)
  let favour = exact(seen.favour)
  const came = exact(present)
  if (favour === undefined && came !== undefined) {
    if (/全票|一致同意|一致通过|(?:都|全部?|全都)(?:同意|赞成|举手)/.test(text))
      favour = came - (against ?? 0) - (abstained ?? 0)
  }
  if (present === undefined && favour !== undefined && against !== undefined) {
    const voted = favour + against + (abstained ?? 0)
    present = { from: voted, to: voted }
  }
  const share = present === undefined ? shares[0] : undefined
  return {
    ...(total && { total }),
    ...(present && { present }),
    ...(share && { presentShare: share }),
    ...(favour !== undefined && { favour }),
    ...(against !== undefined && { against }),
    ...(abstained !== undefined && { abstained }),
  }
}

const SHARE =
  /(不到|不足|没到|没有|差一点|将近|差点)?(?:([一二两三四五六七八九十])[分份]之([一二三四五六七八九])|(\d)\/(\d)|(\d{1,3})%|百分之(\d{1,3})|([一二三四五六七八九])成|(一?半数?|大半|对半|过半|多半))(多|以上|过一点|出头|左右)?/g

/** Shares said to have come. A share that belongs to the rule itself (按三分之二算) is only taken away. */
function withoutShares(text: string): { text: string; shares: Share[] } {
  const shares: Share[] = []
  const rest = text.replace(
    SHARE,
    (said, less, of, part, top, bottom, percent, hundredth, tenths, half, more, at: number) => {
      const share: Share | undefined =
        of !== undefined
          ? { part: numeral(part) ?? 0, of: numeral(of) ?? 1, more: false, less: false, said }
          : top !== undefined
            ? { part: Number(top), of: Number(bottom) || 1, more: false, less: false, said }
            : (percent ?? hundredth) !== undefined
              ? { part: Number(percent ?? hundredth), of: 100, more: false, less: false, said }
              : tenths !== undefined
                ? { part: numeral(tenths) ?? 0, of: 10, more: false, less: false, said }
                : { part: 1, of: 2, more: /大半|过半|多半/.test(half), less: false, said }
      const came = /(?:来|到|出席|参加|到场|到会)[了的有只就才大概差不多]*$/.test(text.slice(0, at))
      const cameBehind = /^(?:的)?(?:人|队员|会员|成员)*(?:都)?(?:来|到|出席|参加)/.test(
        text.slice(at + said.length),
      )
      const away =
        /(?:没来|没到|请假|缺席|没参加)[了的有只就才大概差不多]*$/.test(text.slice(0, at)) ||
        /^(?:的)?(?:人|队员|会员|成员)*(?:都)?(?:没来|没到|请假|请了假|缺席|没参加|没能来)/.test(
          text.slice(at + said.length),
        )
      const isMore = share.more || more !== undefined
      const isLess = less !== undefined
      if (away) {
        const came = { part: share.of - share.part, more: isLess, less: isMore }
        shares.push({ ...share, ...came, said: `${said}没来` })
      } else if (came || cameBehind)
        shares.push({ ...share, more: isMore, less: isLess, said: `来了${said}` })
      return '＿'.repeat(said.length)
    },
  )
  return { text: rest, shares }
}
