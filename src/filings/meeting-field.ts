import { z } from 'zod'
import { inChinese, type Day } from '../clock.ts'
import { valueOf } from '../forms/answers.ts'
import type { FieldType, Reading } from '../forms/field-type.ts'
import { withoutLabel } from '../forms/labels.ts'
import { couldAnswer } from '../forms/question-words.ts'
import { MOST_PEOPLE, readMeeting } from './meeting-words.ts'
import { impossibleNumbers, judgeMeeting, procedureSentence } from './procedure.ts'

const headcount = z.int().min(0).max(MOST_PEOPLE)

export const WholeMeeting = z.strictObject({
  /** Day in Asia/Shanghai. */
  date: z.iso.date(),
  members: headcount,
  present: headcount,
  inFavour: headcount,
})

/** The members' meeting behind a change or cancellation, as far as it was told. */
export const MeetingValue = WholeMeeting.partial()
export type MeetingValue = z.infer<typeof MeetingValue>

const QUESTIONS: Record<keyof MeetingValue, string> = {
  date: '全体成员会议是哪一天开的？',
  members: '一共有多少成员？',
  present: '到会多少人？',
  inFavour: '多少人同意？',
}
const ORDER = ['date', 'members', 'present', 'inFavour'] as const

const nextOf = (value: MeetingValue): (typeof ORDER)[number] | undefined =>
  ORDER.find((part) => value[part] === undefined)

/** 履行的内部程序: told in one breath or piece by piece, judged by article 12 of the charter (附件4第十二条). */
export const meetingField: FieldType<MeetingValue> = {
  Value: MeetingValue,
  read(text, field, context) {
    const present = MeetingValue.safeParse(valueOf(context.answers, field.id))
    const half = present.success && nextOf(present.data) !== undefined ? present.data : {}
    return readPart(half, withoutLabel(text, field), context.today)
  },
  missing(value) {
    const next = nextOf(value)
    return next && QUESTIONS[next]
  },
  merge: (value, text, field, { today }) => readPart(value, withoutLabel(text, field), today),
  show: (value) => inWords(value),
  print: (value) => ({
    '': inWords(value),
    date: value.date === undefined ? '' : inChinese(value.date),
    members: String(value.members ?? ''),
    present: String(value.present ?? ''),
    inFavour: String(value.inFavour ?? ''),
  }),
}

function readPart(value: MeetingValue, text: string, today: Day): Reading<MeetingValue> {
  if (!couldAnswer(text)) return { type: 'unlike' }
  const said = readMeeting(text, today, nextOf(value), value)
  if (said.problem !== undefined) return { type: 'impossible', because: said.problem }
  if (Object.keys(said.value).length === 0) return { type: 'unlike' }
  const reading = judged({ ...value, ...said.value }, said.doubt)
  return said.or === undefined ? reading : eitherOf(reading, judged({ ...value, ...said.or }, said.doubt))
}

/** Of two ways to take the same words neither is guessed: both are offered, or the only possible one is read back. */
function eitherOf(one: Reading<MeetingValue>, other: Reading<MeetingValue>): Reading<MeetingValue> {
  const values = [one, other].flatMap((reading) =>
    reading.type === 'clear' || reading.type === 'doubtful' ? [reading.value] : [],
  )
  const [only] = values
  if (only === undefined) return one
  if (values.length === 1) {
    const [not] = [one, other].flatMap((reading) => (reading.type === 'impossible' ? [reading.because] : []))
    return { type: 'doubtful', value: only, because: `这句话有两种意思，另一种不行：${not}` }
  }
  const options = values.map((value) => ({ text: inWords(value), value }))
  return { type: 'ambiguous', ask: '这句话有两种意思，您说的是哪一种？', options }
}

/** What can no longer become a valid decision is refused as soon as that is clear. */
function judged(value: MeetingValue, doubt: string | undefined): Reading<MeetingValue> {
  const impossible = impossibleNumbers(value)
  if (impossible !== undefined) return { type: 'impossible', because: impossible }
  const { members, present, inFavour } = value
  if (members !== undefined && present !== undefined) {
    const judgement = judgeMeeting({ members, present, inFavour: inFavour ?? present })
    if (judgement.type !== 'passed') return { type: 'impossible', because: judgement.because }
    const warning = inFavour === undefined ? undefined : judgement.warning
    const because = [doubt, warning].filter((one) => one !== undefined).join('；')
    if (because !== '') return { type: 'doubtful', value, because }
  } else if (doubt !== undefined) return { type: 'doubtful', value, because: doubt }
  return { type: 'clear', value }
}

/** The sentence for the form; what is not whole yet, or decided nothing, is shown as it was told. */
function inWords(value: MeetingValue): string {
  const whole = WholeMeeting.safeParse(value)
  const sentence = whole.success ? procedureSentence(whole.data) : undefined
  if (sentence?.ok) return sentence.text
  const { date, members, present, inFavour } = value
  return [
    date === undefined ? '' : `${inChinese(date)}开会`,
    members === undefined ? '' : `共${members}人`,
    present === undefined ? '' : `到会${present}人`,
    inFavour === undefined ? '' : `同意${inFavour}人`,
  ]
    .filter((part) => part !== '')
    .join('，')
}
