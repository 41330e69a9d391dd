import type { Field, FormDefinition } from '../../forms/definition.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import type { Content } from '../../messages.ts'
import { activeDraft, currentQuestion, known, walkDraft } from './filling.ts'
import { proposeSeveral } from './proposing.ts'
import type { Draft, Session } from '../session.ts'
import { holdsPersonalData } from '../shield.ts'
import type { Talk } from '../talk.ts'
import { formFor, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** A free message in the form that the field types did not take: a model may find facts in it. */
export type FreeMessage = {
  /** Without what is known to be personal. */
  text: string
  /** What may be found: fields about nobody that are still open. */
  fields: { id: string; label: string; explain: string }[]
  /** How things stood; what is found later counts only if they still stand so. */
  asOf: string
}

const SHORTEST = 10
const LONGEST = 500

/** Undefined where the message is none, asks something, or stands at a question about a person. */
export function freeMessageOf(talk: Talk, { session }: Turn): FreeMessage | undefined {
  const draft = activeDraft(session)
  const length = [...talk.text].length
  if (!draft || talk.group || length < SHORTEST || length > LONGEST) return undefined
  if (looksLikeQuestion(talk.text) || holdsPersonalData(talk.text)) return undefined
  const { pending } = session
  if (pending !== undefined && pending.type !== 'confirmSeveral') return undefined
  const form = formFor(talk.facts, draft)
  const question = currentQuestion(form, draft)
  if (!question || question.field.personal || question.column) return undefined
  const fields = openFields(form, draft).map(({ id, label, explain }) => ({ id, label, explain }))
  if (fields.length === 0) return undefined
  return { text: withoutPersons(talk.text, form, draft), fields, asOf: standsAt(session, draft) }
}

/** Nobody's, not answered, not waiting for its yes. */
const openFields = (form: FormDefinition, draft: Draft): Field[] =>
  walkDraft(form, draft)
    .fields.filter(({ type }) => type !== 'rows' && type !== 'roster')
    .filter(({ personal, sensitive }) => !personal && !sensitive)
    .filter(({ id }) => !(id in draft.answers))
    .filter(({ id }) => draft.heard.every(({ field }) => field !== id))

/** Names and numbers that the form has already heard are put out of the text, wherever they stand. */
function withoutPersons(text: string, form: FormDefinition, draft: Draft): string {
  const personal = form.fields
    .filter((field) => field.personal)
    .flatMap(({ id }) => [draft.answers[id], ...draft.heard.filter(({ field }) => field === id)])
  return stringsIn(personal)
    .filter((said) => [...said].length >= 2)
    .sort((a, b) => b.length - a.length)
    .reduce((rest, said) => rest.replaceAll(said, '〔姓名〕'), text)
}

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(stringsIn)
      : []

const standsAt = ({ pending }: Session, { id, answers, postponed, reopened, heard }: Draft): string =>
  JSON.stringify([id, answers, postponed, reopened, heard, pending])

/**
 * Shows what a model found in a free message, to be agreed to. Each value must be the person's own words and must be
 * read by the field's own type; whatever else was found is dropped. Undefined when nothing is left, or things have
 * moved on.
 */
export function takeFreeFacts(
  talk: Talk,
  { said, facts, asOf }: Extract<Content, { type: 'freeFacts' }>,
): Turn | undefined {
  const { session } = talk
  const draft = activeDraft(session)
  if (!draft || standsAt(session, draft) !== asOf) return undefined
  const form = formFor(talk.facts, draft)
  const context = { today: talk.facts.today, answers: known(draft) }
  const values = openFields(form, draft).flatMap((field) => {
    const words = facts[field.id]?.trim()
    if (words === undefined || words === '' || !saysIt(said, words)) return []
    const reading = talk.facts.types[field.type].read(words, field, context)
    return reading.type === 'clear' || reading.type === 'doubtful'
      ? [{ field: field.id, value: reading.value as never }]
      : []
  })
  if (values.length === 0) return undefined
  const all = proposeSeveral(talk, draft, values)
  if (!all) return undefined
  // It goes below an answer whose card has been shown already.
  return {
    session: { ...all.session, card: session.card },
    reply: { text: wording.foundByModel(all.reply.text) },
    effects: [],
  }
}

const saysIt = (said: string, words: string): boolean => bare(said).includes(bare(words))

const bare = (text: string): string => text.normalize('NFKC').replace(/\s/g, '')
