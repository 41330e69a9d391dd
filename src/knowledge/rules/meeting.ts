import { readAttendance, type Count, type Share } from './attendance.ts'
import type { Computed, Rule } from './computed.ts'

/** 附件4第十二条: two thirds of the members must be there. Whole numbers only, so that nothing is rounded. */
export const quorumOf = (members: number): number => Math.ceil((2 * members) / 3)

/** 附件4第十二条: half of those present or more; 以上 includes the number itself. */
export const majorityOf = (present: number): number => Math.ceil(present / 2)

const ABOUT_MEETING =
  /能开[不吗么]|要来几|[来到]几个|[来到]多少人|开得了|到会|开会|大会|全体会|会议|开得成|开不开得|会开|会还开|会能|开得起|开个会|到会|出席|到场|表决|投票|赞成|举手|弃权|反对|同意|作数|算数|选举|选队长|罢免|通过|算过|过了没|改章程|底线|应到|实到|签到|换届会/
const ASKS_HOW_MANY = /底线|最少|至少|起码|多少|几个|几人|几位|要来|得来|要到|到几个|够不够|能不能开|开得/
const ASKS_VOTES = /(?:几|多少)(?:个|张|位|名)?(?:票|人)|过半|半数|才(?:算|能)?(?:通过|过|生效)/
/** Numbers and 会 in questions about something else. */
const OTHER = /最少几个人才能备案|备案要多少人|够不够备案|才能备案|能备案|可以备案|培训|社区平均|品牌/

/** Numbers that are no exact heads, or of which it is not told which ones count: 不到27人, 五十多人, 又走了3人. */
const LOOSE =
  /不到[\d一二三四五六七八九十]|[\d十]个?不到|[\d十百]多[个人号名位]|[十百]来[个号人]|左右|又走|(?<!最)少来|少一个|(?<!开)除了?[\d一二三四五六七八九十]+|上次|退了|迟到|坐得下|大半|小半|就来齐|来不了.*(?:分之|成)|(?:分之|成).*来不了|成[五半六七]|[\d一二两三]打|亿/

const ASK_EXACTLY = [
  '全体成员会议要2/3以上成员到会才开得成，到会成员半数以上同意才算通过。',
  '您说的人数我算不准。请告诉我三个准数：全队一共几人、来了几人、几人同意。',
]

/** Does this meeting count, is this carried: 附件4第十二条 applied to the numbers in the question. */
export const meeting: Rule = (question) => {
  if (OTHER.test(question)) return undefined
  if (
    LOOSE.test(question.replace(/\s/g, '')) &&
    ABOUT_MEETING.test(question) &&
    /\d|[一二两三四五六七八九十百]/.test(question)
  )
    return answer(ASK_EXACTLY, false)
  const { total, present, presentShare, favour, against } = readAttendance(question)
  const onlyNumbers =
    total !== undefined &&
    present !== undefined &&
    /来了|到了|能开|继续开|接着开|算|够|有效|作数|差/.test(question)
  if (!ABOUT_MEETING.test(question) && !onlyNumbers) return undefined
  const lines: string[] = []
  if (total !== undefined && presentShare !== undefined) lines.push(...shareLines(total, presentShare))
  else if (total !== undefined && present !== undefined) lines.push(...presentLines(total, present))
  else if (total !== undefined && (ASKS_HOW_MANY.test(question) || favour !== undefined))
    lines.push(...neededLines(total))
  else if (total === undefined && presentShare !== undefined) lines.push(...shareOnlyLines(presentShare))
  else if (present === undefined || (favour === undefined && !ASKS_VOTES.test(question))) return undefined
  else lines.push('先看到会的够不够全体成员的2/3：请告诉我全队一共多少人。')
  if (present !== undefined && present.from === present.to) {
    lines.push(...voteLines(total, present.from, favour, against))
  }
  return answer(lines, /章程/.test(question))
}

const answer = (lines: string[], aboutCharter: boolean): Computed => ({
  text: lines.join('\n'),
  sources: aboutCharter ? ['附件4第十二条', '附件4第十一条第2段'] : ['附件4第十二条'],
  article: 'quorum',
  covers: [
    'quorum',
    'meeting-duties',
    'change-procedure',
    'leader-titles',
    'charter-adopted',
    'charter-blanks',
  ],
})

const people = ({ from, to }: Count): string => (from === to ? `${from}人` : `${from}到${to}人`)

function neededLines(total: Count): string[] {
  const one = (members: number): string =>
    `全队${members}人：2/3以上到会才开得成，最少要来${quorumOf(members)}人；` +
    `刚好来${quorumOf(members)}人时，至少要${majorityOf(quorumOf(members))}人同意才算通过。`
  return total.from === total.to
    ? [one(total.from)]
    : [`人数要按名册的准数算。`, one(total.from), one(total.to)]
}

function presentLines(total: Count, present: Count): string[] {
  if (present.from > total.to || present.to < 0) return ['到会的人数和全队的人数对不上，请核对一下再告诉我。']
  const [least, most] = [quorumOf(total.from), quorumOf(total.to)]
  const need =
    least === most
      ? `全队${people(total)}，2/3以上到会才开得成，至少要${least}人。`
      : `全队${people(total)}，2/3以上到会才开得成：${total.from}人的队至少要${least}人，${total.to}人的队至少要${most}人。`
  const came = `来了${people(present)}`
  if (present.to < least) {
    const short = least === most && present.from === present.to ? `差${least - present.from}人，` : ''
    return [need, `${came}，${short}不够，这个会开不成，不能算数。`]
  }
  if (present.from >= most) return [need, `${came}，够了，会开得成。`]
  return [need, `${came}，够不够要看准数，请按名册点一下人数再告诉我。`]
}

function voteLines(
  total: Count | undefined,
  present: number,
  favour: number | undefined,
  against: number | undefined,
): string[] {
  if (total !== undefined && present < quorumOf(total.from)) {
    return favour === undefined ? [] : [`会开不成，${favour}人同意也不算通过。`]
  }
  if (total !== undefined && present > total.to) return []
  const need = majorityOf(present)
  const rule = `决议要到会成员半数以上同意：到会${present}人，至少要${need}人同意。`
  if (favour === undefined)
    return against === undefined ? [rule] : [rule, '请告诉我有几个人同意，弃权的不算同意。']
  if (favour > present) return ['同意的人数比到会的还多，请核对一下再告诉我。']
  if (2 * favour === present) {
    return [
      rule,
      `${favour}人同意，正好一半，按字面算通过。正好一半容易有争议，建议争取过半，或在章程里写明。`,
    ]
  }
  return favour >= need
    ? [rule, `${favour}人同意，够了，${total === undefined ? '只要到会人数也够，就算' : ''}通过。`]
    : [rule, `${favour}人同意，不够，差${need - favour}人，没有通过。`]
}

/** 来了一半多 says no number: what is needed is said for the bounds. */
function shareLines(total: Count, share: Share): string[] {
  const lines =
    total.from === total.to
      ? [`全队${total.from}人，2/3（三分之二）以上到会才开得成，至少要来${quorumOf(total.from)}人。`]
      : [
          `要2/3（三分之二）以上到会才开得成：${total.from}人的队至少来${quorumOf(total.from)}人，${total.to}人的队至少来${quorumOf(total.to)}人。`,
        ]
  return [...lines, verdict(share)]
}

const shareOnlyLines = (share: Share): string[] => [
  '要2/3（三分之二）以上的成员到会，会才开得成；到会的半数以上同意才算通过。',
  verdict(share),
]

function verdict({ part, of, more, less, said }: Share): string {
  const reaches = 3 * part >= 2 * of
  if (reaches && !less) return `${said}，够了，会开得成。`
  if (!reaches && !more) return `${said}，不够三分之二，会开不成，不能算数。`
  return `光说“${said}”还不行，要数一数够不够上面的人数；不够就开不成。`
}
