import { aboutMeeting } from '../../filings/meeting-words.ts'
import type { FormDefinition } from '../../forms/definition.ts'
import { openQuestion, type Question } from '../../forms/walk.ts'
import { settle } from './accepting.ts'
import { ask } from './advance.ts'
import { asked, shown } from './asking.ts'
import { known, placeOf, put, walkDraft } from './filling.ts'
import type { Draft } from '../session.ts'
import { withoutPending, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/**
 * 「6月1日开的会，20人到了15人同意」 at the question for the reason answers the one for the meeting, as long as that is
 * open; what else was said is the reason. A meeting without numbers is no reason either.
 */
export function meetingElsewhere(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  question: Question,
): Turn | Need | undefined {
  const { facts } = talk
  const { type, label } = asked(question)
  const meeting = walkDraft(form, draft).fields.find((field) => field.type === 'meeting')
  if (type !== 'longText' || !meeting || openQuestion(meeting, draft.answers) === undefined) return undefined
  const { about, rest } = aboutMeeting(talk.text)
  if (about === '') return undefined
  const context = { today: facts.today, answers: known(draft) }
  const reading = facts.types.meeting.read(about, meeting, context)
  const other = facts.types[type].read(rest, asked(question), context)
  if (other.type !== 'clear') {
    return reading.type === 'unlike'
      ? ask(withoutPending(talk), draft, [wording.meetingLater(label)])
      : settle(talk, draft, form, { field: meeting.id }, meeting, reading)
  }
  if (reading.type === 'unlike') return undefined
  const { draft: answered } = put(form, draft, placeOf(question), other.value, facts)
  const taken = settle(talk, answered, form, { field: meeting.id }, meeting, reading)
  if (!taken || 'needs' in taken) return taken
  const noted = wording.noted(label, shown(asked(question), other.value, facts))
  return { ...taken, reply: { ...taken.reply, text: `${noted}\n${taken.reply.text}` } }
}
