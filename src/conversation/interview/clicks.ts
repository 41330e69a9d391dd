import { isDeepStrictEqual } from 'node:util'
import type { Question } from '../../forms/walk.ts'
import { ask } from './advance.ts'
import { asked, markOf, offersOf, presentValue } from './asking.ts'
import { currentQuestion, placeOf, questionAt, walkDraft, withDraft, type Place } from './filling.ts'
import type { Content } from '../../messages.ts'
import { words as reminderWords } from '../reminding/reminder-words.ts'
import { pressReminder } from '../reminding/reminders.ts'
import { staffCommandOf } from '../reviewing/staff-commands.ts'
import { standing } from '../standing.ts'
import { accept } from './accepting.ts'
import { consentMissing } from '../consent.ts'
import type { Draft } from '../session.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import { formFor, type Need, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

type Hear = (talk: Talk) => Turn | Need | undefined

/**
 * A button does what its words do. A card of yesterday still works: it opens its question with the present
 * value instead of overwriting it.
 */
export function press(
  talk: Talk,
  click: Extract<Content, { type: 'click' }>,
  hear: Hear,
): Turn | Need | undefined {
  const [key = '', mark] = (Object.values(click.selected)[0]?.[0] ?? click.key).split('#')
  const [kind, ...rest] = key.split(':')
  if (kind === 'say') {
    const phrase = rest.join(':')
    // An act on a case names its case, so it means the same on an old card.
    const { card } = talk.session
    const isNewest = card !== undefined && markOf(card) === mark
    const fresh = isNewest || staffCommandOf(phrase) !== undefined
    // A greyed button has no room for more than the first word.
    const [word = phrase] = phrase.split(' ')
    const said: Talk = { ...talk, text: phrase, ...(isNewest ? {} : { oldCard: true }) }
    return clicked(fresh ? hear(said) : standing(talk, [wording.staleCard]), word)
  }
  if (kind === 'remind') return clicked(pressReminder(talk, rest), reminderWords.clicked(rest[0]))
  if (kind === 'answer') return pressAnswer(talk, rest)
  return standing(talk, [wording.staleCard])
}

function pressAnswer(talk: Talk, [draftId, fieldId, row, column, index]: string[]): Turn | Need | undefined {
  const draft = talk.session.drafts.find(({ id }) => id === draftId)
  if (!draft) return clicked(turn(talk.session, wording.cardDone), wording.cardDone)
  const session = { ...withDraft(talk.session, draft), pending: undefined }
  const awake: Talk = { ...withoutPending(talk), session }
  const form = formFor(talk.facts, draft)
  const place: Place = {
    field: fieldId ?? '',
    ...(row ? { row: Number(row) } : {}),
    ...(column ? { column } : {}),
  }
  const question = questionAt(walkDraft(form, draft).fields, draft.answers, place)
  const offer = question && offersOf(question, draft.answers)[Number(index)]
  if (!question || !offer) return clicked(standing(awake, [wording.staleCard]), wording.staleCard)
  if (!talk.group && consentMissing(talk)) return clicked(standing(awake, []), offer.text)
  const current = currentQuestion(form, draft)
  const isAsked =
    current !== undefined && JSON.stringify(placeOf(current)) === JSON.stringify(placeOf(question))
  if (isAsked) return clicked(accept(awake, draft, form, place, offer.value), offer.text)
  if (isDoubleClick(draft, question, offer.value, talk.facts.now))
    return clicked(standing(awake, []), offer.text)
  return clicked(ask(awake, { ...draft, reopened: place }, []), asked(question).label)
}

const DOUBLE_CLICK_MS = 10_000

/** The same button a moment later is a trembling finger, no wish to change the answer. */
function isDoubleClick({ answers }: Draft, question: Question, value: unknown, now: Date): boolean {
  const answer = answers[question.field.id]
  if (!answer || now.getTime() - Date.parse(answer.at) > DOUBLE_CLICK_MS) return false
  return isDeepStrictEqual(presentValue(question, answers), value)
}

const clicked = (result: Turn | Need | undefined, text: string): Turn | Need | undefined =>
  result && 'session' in result ? { ...result, clicked: wording.clicked(text) } : result
