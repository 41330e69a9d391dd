import { mayAct } from '../../directory/may-act.ts'
import { isStaff, staffName } from '../../directory/scope.ts'
import { answerOf, statusOfQuestion, type OpenQuestion, type QuestionAct } from '../../knowledge/questions.ts'
import { bareLabel } from '../../knowledge/plain.ts'
import { smallNumber } from '../../forms/numbers.ts'
import { tidy } from '../tidy.ts'
import { learningWords as words } from './learning-words.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'

/** What staff say about questions the answers fell short of. `which` is the number in the list last shown. */
export type LearningCommand =
  | { type: 'list' }
  | { type: 'answer'; which: string; text: string }
  | { type: 'adopt'; which: string }
  | { type: 'reject'; which: string; reason: string }

const WHICH = '第?([\\d０-９]{1,3}|[一二两三四五六七八九十]{1,3})(?:号|个|条)?'
const REST = '(?:[\\s,，:：、]+([^]*))?'
const ANSWER = new RegExp(`^(?:答|回答|答复)\\s*${WHICH}${REST}$`)
const ADOPT = new RegExp(`^采纳\\s*${WHICH}$`)
const REJECT = new RegExp(`^不采纳\\s*${WHICH}${REST}$`)

export function learningCommandOf(text: string): LearningCommand | undefined {
  // Not normalized: an answer keeps its punctuation.
  const said = text.trim()
  if (/^(?:看?待补充(?:的)?问题|待补充)$/.test(tidy(text).replace(/\s+/g, ''))) return { type: 'list' }
  const match = (pattern: RegExp) => {
    const [, number, rest = ''] = pattern.exec(said) ?? []
    if (number === undefined) return undefined
    return { which: String(smallNumber(number.normalize('NFKC')) ?? number), rest: rest.trim() }
  }
  const answered = match(ANSWER)
  if (answered) return { type: 'answer', which: answered.which, text: answered.rest }
  const adopted = match(ADOPT)
  if (adopted) return { type: 'adopt', which: adopted.which }
  const rejected = match(REJECT)
  if (rejected) return { type: 'reject', which: rejected.which, reason: rejected.rest }
  return undefined
}

const LONGEST_ANSWER = 600
const LONGEST_REASON = 200

/** Lists, answers, adopts; `perform` decides anew under the lock. */
export function learn(talk: Talk, command: LearningCommand): Turn | Need {
  const { facts, session } = talk
  const act = command.type === 'adopt' || command.type === 'reject' ? 'approveKnowledge' : 'answerKnowledge'
  const permission = mayAct(facts.staff, facts.person, act, {})
  if (!permission.ok) return turn(session, permission.because)
  if (talk.group) return turn(session, reviewWords.singleChat)
  if (!facts.questions) return { needs: 'questions' }
  if (command.type === 'list') return list(talk, facts.questions)
  const id = session.questions?.[Number(command.which) - 1]
  const question = facts.questions.find((one) => one.id === id)
  if (!question) return turn(session, words.noSuch(command.which))
  const asked = actOf(command, facts)
  if (typeof asked === 'string') return turn(session, asked)
  return { session, reply: { text: '' }, effects: [{ type: 'learn', questionId: question.id, act: asked }] }
}

const MOST_LISTED = 20

function list(talk: Talk, questions: OpenQuestion[]): Turn {
  const { staff, person } = talk.facts
  const mayAdopt = mayAct(staff, person, 'approveKnowledge', {}).ok
  const waits = (question: OpenQuestion): boolean => mayAdopt && statusOfQuestion(question) === 'answered'
  // What waits for this person comes first, then what is asked most.
  const shown = questions
    .toSorted((a, b) => Number(waits(b)) - Number(waits(a)) || b.count - a.count)
    .slice(0, MOST_LISTED)
  const lines = shown.map((question, at) => `${at + 1}. ${words.line(question)}`)
  const more = questions.length - shown.length
  return turn(
    { ...talk.session, questions: shown.map(({ id }) => id) },
    [
      words.list(questions.length),
      ...lines,
      ...(more > 0 ? [reviewWords.more(more)] : []),
      ...(shown.length > 0 ? [words.how] : []),
      ...(shown.length > 0 && mayAdopt ? [words.howToAdopt] : []),
    ].join('\n'),
  )
}

/** The act, or why it is none. */
function actOf(command: Exclude<LearningCommand, { type: 'list' }>, facts: Facts): QuestionAct | string {
  switch (command.type) {
    case 'answer':
      return answerTo(command, facts)
    case 'adopt':
      return { type: 'adopt' }
    case 'reject': {
      const { which, reason } = command
      if ([...reason].length < 2) return words.needsReason(which)
      return [...reason].length > LONGEST_REASON ? words.tooLong(LONGEST_REASON) : { type: 'reject', reason }
    }
  }
}

const PERSONAL = /(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)/

function answerTo({ which, text }: { which: string; text: string }, { labels }: Facts): QuestionAct | string {
  const [, said = '', cited = ''] = /^([^]*?)(?:\s*依据\s*[:：]\s*([^]*))?$/.exec(text) ?? []
  const body = said.trim()
  if ([...body].length < 2) return words.needsText(which)
  if ([...body].length > LONGEST_ANSWER) return words.tooLong(LONGEST_ANSWER)
  if (PERSONAL.test(body.normalize('NFKC').replace(/[\s-]/g, ''))) return words.personal
  const sources: string[] = []
  for (const piece of cited.split(/[、,，;；\s【】。]+/).filter(Boolean)) {
    const label = labels.find((label) => bareLabel(label) === bareLabel(piece))
    if (label === undefined) return words.noLabel(piece)
    sources.push(label)
  }
  return { type: 'answer', text: body, sources: [...new Set(sources)] }
}

/** What the person hears, and who else is told, once it is done. */
export function learned(question: OpenQuestion, facts: Facts): Pick<Turn, 'reply' | 'notices'> {
  const event = question.events.at(-1)!
  const answer = answerOf(question)
  const toClerk = (text: string) => (answer && answer.by !== facts.person ? [{ to: answer.by, text }] : [])
  switch (event.type) {
    case 'answered':
      return { reply: { text: words.answered } }
    case 'adopted': {
      const name = answer?.name ?? staffName(facts.staff, facts.person)
      const text = words.toAsker(question.question, answer?.text ?? '', name)
      const askers = question.askers.map((to) => ({ to, text }))
      return {
        reply: { text: words.adopted },
        notices: [...askers, ...toClerk(words.adoptedToClerk(question.question))],
      }
    }
    case 'rejected':
      return {
        reply: { text: words.rejected },
        notices: toClerk(words.rejectedToClerk(question.question, event.reason)),
      }
    case 'reopened':
      return { reply: { text: '' } }
  }
}

/** For others than staff only the words of the list are taken for an attempt: 答 1 may answer a question. */
export const learningOf = (talk: Talk): LearningCommand | undefined => {
  const command = learningCommandOf(talk.text)
  const mine = command?.type === 'list' || isStaff(talk.facts.staff, talk.facts.person)
  return mine ? command : undefined
}
