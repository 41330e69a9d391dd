import { inChinese, type Day } from '../clock.ts'

/**
 * 附件4第十二条: one vote each; two thirds of the members must be present, and half of those present must agree.
 * 以上 includes the number itself, so exactly two thirds and exactly half are enough. Whole numbers only: nothing
 * is ever rounded.
 */
export type Attendance = { members: number; present: number; inFavour: number }

export type Meeting = Attendance & { date: Day }

export type Judgement =
  /** `warning`: exactly half agreed, which is easily disputed. */
  | { type: 'passed'; warning?: string }
  /** Too few came for the meeting to count, or too few of them agreed. */
  | { type: 'short' | 'failed'; because: string }
  /** The numbers cannot be right. */
  | { type: 'impossible'; because: string }

/** The least number of members who must be present. */
export const quorumOf = (members: number): number => Math.floor((2 * members + 2) / 3)

/** The least number of votes in favour. */
export const majorityOf = (present: number): number => Math.floor((present + 1) / 2)

export function judgeMeeting({ members, present, inFavour }: Attendance): Judgement {
  const impossible = impossibleNumbers({ members, present, inFavour })
  if (impossible !== undefined) return { type: 'impossible', because: impossible }
  if (3 * present < 2 * members) {
    const least = quorumOf(members)
    const because = `共${members}人，至少要到${least}人（2/3）会才开得成；到了${present}人，差${least - present}人`
    return { type: 'short', because }
  }
  if (2 * inFavour < present) {
    const least = majorityOf(present)
    const because = `到了${present}人，至少要${least}人同意才算通过；同意${inFavour}人，差${least - inFavour}人`
    return { type: 'failed', because }
  }
  return 2 * inFavour === present
    ? { type: 'passed', warning: '正好一半同意，按字面算通过，容易有争议，建议争取过半' }
    : { type: 'passed' }
}

/** Why numbers cannot be right, as far as they are known; undefined when they can. */
export function impossibleNumbers({ members, present, inFavour }: Partial<Attendance>): string | undefined {
  const counts = [members, present, inFavour].filter((count) => count !== undefined)
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) return '人数要是整数'
  if (members === 0) return '成员总数不能是0'
  if (present === 0) return '到会人数不能是0'
  if (members !== undefined && present !== undefined && present > members) {
    return `到会的${present}人比全体${members}人还多，请核对`
  }
  if (present !== undefined && inFavour !== undefined && inFavour > present) {
    return `同意的${inFavour}人比到会的${present}人还多，请核对`
  }
  return members !== undefined && inFavour !== undefined && inFavour > members
    ? `同意的${inFavour}人比全体${members}人还多，请核对`
    : undefined
}

/** The text of 履行的内部程序, which is refused for a meeting that decided nothing. */
export function procedureSentence(
  meeting: Meeting,
): { ok: true; text: string; warning?: string } | { ok: false; because: string } {
  const judgement = judgeMeeting(meeting)
  if (judgement.type !== 'passed') return { ok: false, because: judgement.because }
  const { date, members, present, inFavour } = meeting
  const text =
    `${inChinese(date)}召开全体成员会议，应到${members}人，实到${present}人，达到2/3以上；` +
    `${inFavour}人同意，达到到会成员半数以上，表决通过。`
  return { ok: true, text, ...(judgement.warning === undefined ? {} : { warning: judgement.warning }) }
}
