import type { Field, FormDefinition } from '../../forms/definition.ts'
import { openQuestion, type Question } from '../../forms/walk.ts'
import { cardOf, questionCard, questionText, say } from './asking.ts'
import { askConsent, consentMissing } from '../consent.ts'
import { currentQuestion, walkDraft, withDraft } from './filling.ts'
import { isPersonal, propose } from './proposing.ts'
import { readBack } from './read-back.ts'
import type { Draft, Pending, Session } from '../session.ts'
import { turn, type Talk } from '../talk.ts'
import { formFor, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** After every change: what comes next for this draft, with `lead` said before it. */
export function advance(talk: Talk, given: Draft, lead: string[], answered = true): Turn {
  const draft = nextToRedo(given)
  const form = formFor(talk.facts, draft)
  const { fields } = walkDraft(form, draft)
  const question = currentQuestion(form, draft)
  const session: Session = { ...withDraft(talk.session, draft), pending: undefined, explained: 0 }
  const waiting: Pending = { type: 'confirmSeveral' }
  if (draft.heard.length > 0 && !(talk.group && isPersonal(waiting, { ...talk, session }))) {
    const again = propose({ ...talk, session }, draft, waiting, lead)
    if (again) return again
  }
  if (!question) {
    if (talk.group) return turn(session, wording.join(...lead, wording.groupPersonal))
    return readBack({ ...talk, session }, draft, lead, draft.readBackSeen ? 'last' : 0)
  }
  if (talk.group && question.field.personal)
    return turn(session, wording.join(...lead, wording.groupPersonal))
  if (answered && !draft.reopened) {
    const stop = naturalStop(form, fields, question, draft)
    if (stop) {
      const next: Draft = { ...draft, rested: stop.rested }
      const card = cardOf(`${draft.id}@${talk.facts.newId()}`, stop.text.split('\n')[0]!, '', [
        say('继续'),
        say('暂停'),
      ])
      const pending: Pending = { type: 'rest', after: stop.after }
      return {
        session: { ...withDraft(session, next), pending, card: card.id },
        reply: { text: wording.join(...lead, stop.text), card },
        effects: [],
      }
    }
  }
  return ask({ ...talk, session }, draft, lead)
}

/** Of a case that came back, the next field to ask anew. */
function nextToRedo(draft: Draft): Draft {
  const [field] = draft.redo
  return draft.reopened || field === undefined ? draft : { ...draft, reopened: { field } }
}

/** Asks the standing question again or for the first time. Never changes an answer. */
export function ask(talk: Talk, draft: Draft, lead: string[]): Turn {
  const form = formFor(talk.facts, draft)
  const { fields } = walkDraft(form, draft)
  const question = currentQuestion(form, draft)
  if (!question) return advance(talk, draft, lead, false)
  if (!talk.group && consentMissing(talk)) {
    return askConsent({ ...talk, session: withDraft(talk.session, draft) }, lead)
  }
  if (talk.group && question.field.personal)
    return turn(talk.session, wording.join(...lead, wording.groupPersonal))
  const card = questionCard(question, draft, talk.facts)
  const text = questionText(form, fields, question, draft, talk.facts)
  return {
    session: { ...withDraft(talk.session, draft), card: card?.id },
    reply: { text: [...lead, text].filter(Boolean).join('\n\n'), ...(card ? { card } : {}) },
    effects: [],
  }
}

/** At the end of a sitting, once: at most ten questions, then a stop of its own. */
function naturalStop(form: FormDefinition, fields: Field[], question: Question, draft: Draft) {
  const ids = form.sittings.map((sitting) => sitting.id)
  const present = ids.indexOf(question.field.sitting)
  const before = ids.slice(0, present)
  const after = before.at(-1)
  if (!after || draft.rested.includes(after) || draft.postponed.includes(question.field.id)) return undefined
  const sitting = form.sittings[present]!
  const count = fields.filter((field) => field.sitting === sitting.id).length
  const left = fields.filter(
    (field) => before.includes(field.sitting) && openQuestion(field, draft.answers) !== undefined,
  ).length
  return {
    after,
    rested: [...new Set([...draft.rested, ...before])],
    text: wording.rest(present, left, sitting.title, count, question.field.label, question.field.ask),
  }
}
