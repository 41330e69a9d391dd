import type { Answers, Rows } from '../../forms/answers.ts'
import { valueOf } from '../../forms/answers.ts'
import type { Column, Field, FormDefinition } from '../../forms/definition.ts'
import type { Question } from '../../forms/walk.ts'
import type { Button, Card } from '../../messages.ts'
import type { Draft } from '../session.ts'
import type { Facts } from '../turn.ts'
import { wording } from '../wording.ts'

/** A numbered answer the question offers: saying the number, the text or pressing the button is the same. */
export type Offer = { text: string; value: unknown; hint?: string }

export const asked = (question: Question): Field | Column => question.column ?? question.field

/** Ready texts that suit what has been said of the organization so far: its name tells what it does. */
function suggestionsFor(field: Field | Column, answers: Answers): Offer[] {
  if (field.suggestions.length === 0) return []
  const name =
    Object.values(answers)
      .map((answer) =>
        'value' in answer && typeof answer.value === 'object' ? JSON.stringify(answer.value) : '',
      )
      .find((text) => text.includes('"full"')) ?? ''
  const fitting = field.suggestions.filter((suggestion) =>
    suggestion.words.some((word) => name.includes(word)),
  )
  return fitting.slice(0, 2).map(({ text }) => ({ text: wording.useSuggestion(text), value: text }))
}

export function offersOf(question: Question, answers: Answers): Offer[] {
  const field = asked(question)
  if (isBetweenRows(question)) return []
  if (field.options.length > 0) {
    return field.options.map(({ text, value, hint }) => ({ text, value, ...(hint ? { hint } : {}) }))
  }
  if (field.quick.length > 0) return field.quick.map((text) => ({ text, value: text }))
  return suggestionsFor(field, answers)
}

/** A further row that begins with a choice is begun by choosing. */
const firstOffers = (field: Field): Offer[] =>
  (field.columns[0]?.options ?? []).map(({ text, value }) => ({ text, value }))

/** "Is there another row?", rather than one cell. */
export const isBetweenRows = (question: Question): boolean =>
  (question.field.type === 'rows' || question.field.type === 'roster') && question.column === undefined

export const rowsOf = (answers: Answers, field: Field): Rows =>
  (valueOf(answers, field.id) as Rows | undefined) ?? { rows: [], done: false }

/** The words of one question: what is asked, then the line with label and progress last before its choices. */
export function questionText(
  form: FormDefinition,
  fields: Field[],
  question: Question,
  draft: Draft,
  facts: Facts,
): string {
  const { field } = question
  const sitting = form.sittings.findIndex((sitting) => sitting.id === field.sitting) + 1
  const head = wording.place(
    fields.indexOf(field) + 1,
    fields.length,
    sitting,
    form.sittings.length,
    asked(question).label,
  )
  const offers = isBetweenRows(question) ? firstOffers(field) : offersOf(question, draft.answers)
  const choices = offers.map(
    (offer, index) => `${index + 1}. ${offer.text}${offer.hint ? `（${offer.hint}）` : ''}`,
  )
  const ownWords = !isBetweenRows(question) && offers.length > 0 && asked(question).options.length === 0
  return wording.join(
    head,
    askOf(question, draft.answers, facts),
    ...choices,
    ownWords && wording.writeOwn,
    offers.length === 0 && wording.example(asked(question).example),
    reopenedNote(question, draft, facts),
  )
}

function askOf(question: Question, answers: Answers, facts: Facts): string {
  const { field } = question
  const answer = answers[field.id]
  if (answer && 'value' in answer && answer.partial) {
    return facts.types[field.type].missing?.(answer.value, field) ?? field.ask
  }
  if (!isBetweenRows(question)) {
    if (question.column && question.row !== undefined) {
      const first = field.columns[0]!
      const name = rowsOf(answers, field).rows[question.row]?.[first.id]
      if (first.type === 'personName' && typeof name === 'string' && question.column !== first) {
        return `${name}：${question.column.ask}`
      }
    }
    return asked(question).ask
  }
  return question.row === 0 ? field.ask : (field.askMore ?? field.ask)
}

function reopenedNote(question: Question, draft: Draft, facts: Facts): string | undefined {
  if (!draft.reopened) return undefined
  const { field } = question
  if (isBetweenRows(question)) {
    const rows = rowLines(field, draft.answers, facts)
    return rows.length > 0 ? wording.join(wording.rowsSoFar(rows.slice(0, 30)), wording.rowsHint) : undefined
  }
  const present = presentValue(question, draft.answers)
  return present === undefined
    ? undefined
    : wording.presentValue(shownToOwner(asked(question), present, facts))
}

export function presentValue(question: Question, answers: Answers): unknown {
  if (question.column && question.row !== undefined) {
    return rowsOf(answers, question.field).rows[question.row]?.[question.column.id]
  }
  return valueOf(answers, question.field.id)
}

export const shown = (field: Field | Column, value: unknown, facts: Facts): string =>
  value === null || value === undefined ? wording.blank : facts.types[field.type].show(value, field)

/**
 * As the person who said it sees it in the single chat, where a mask would defeat checking: home addresses whole, and
 * in a question about one number that number too.
 */
export function shownToOwner(
  field: Field | Column,
  value: unknown,
  facts: Facts,
  numbers: 'masked' | 'whole' = 'masked',
): string {
  const isNumber = field.type === 'idNumber' || field.type === 'phone'
  const isWhole = field.sensitive && (field.type === 'text' || (isNumber && numbers === 'whole'))
  const whole =
    isWhole && typeof value === 'string' ? facts.types[field.type].print(value, field)[''] : undefined
  return whole ?? shown(field, value, facts)
}

/** One line per row of a repeating field, sensitive cells masked. */
export const rowLines = (field: Field, answers: Answers, facts: Facts): string[] =>
  rowsOf(answers, field).rows.map((row) =>
    field.columns
      .filter((column) => row[column.id] !== undefined && row[column.id] !== null)
      .map((column) => shown(column, row[column.id], facts))
      .join(' '),
  )

/** The card of a question with few choices; it says the same as the words. */
export function questionCard(question: Question, draft: Draft, facts: Facts): Card | undefined {
  if (isBetweenRows(question)) return rowsCard(question, draft, facts)
  const offers = offersOf(question, draft.answers)
  if (offers.length === 0 || offers.length > 20) return undefined
  const place = [draft.id, question.field.id, question.row ?? '', question.column?.id ?? ''].join(':')
  return cardOf(
    `${draft.id}@${facts.newId()}`,
    `【${asked(question).label}】`,
    asked(question).ask,
    offers.map((offer, index) => ({ text: offer.text, key: `answer:${place}:${index}` })),
  )
}

/** "Is there another row?": the choices it may begin with, and 没有了 where that is an answer. */
function rowsCard(question: Question, draft: Draft, facts: Facts): Card | undefined {
  const { field } = question
  const { rows } = rowsOf(draft.answers, field)
  const enough = rows.length > 0 && rows.length >= field.least ? [say(wording.noMore)] : []
  const buttons = [...firstOffers(field).map(({ text }) => say(text)), ...enough]
  const hint = askOf(question, draft.answers, facts)
  return buttons.length > 0 && buttons.length <= 20
    ? cardOf(`${draft.id}@${facts.newId()}`, `【${field.label}】`, hint, buttons)
    : undefined
}

/** Its buttons carry its mark: a card that takes the place of a clicked one keeps that one's id on the wire. */
export const cardOf = (id: string, title: string, hint: string, buttons: Button[]): Card => ({
  id,
  title,
  hint,
  buttons: buttons.map(({ text, key }) => ({ text, key: `${key}#${markOf(id)}` })),
})

/** Tells the cards of one person apart; short, for the keys of options have a limit (path 101032). */
export const markOf = (cardId: string): string => cardId.slice(-8)

/** A button that stands for words; it counts only while its card is the newest. */
export const say = (phrase: string, text = phrase): Button => ({ text, key: `say:${phrase}` })
