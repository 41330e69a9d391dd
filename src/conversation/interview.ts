import { normalizeName } from '../filings/names.ts'
import type { Column, Field, FormDefinition } from '../forms/definition.ts'
import type { Reading } from '../forms/field-type.ts'
import { gather } from '../forms/gather.ts'
import { looksLikeQuestion } from '../forms/question-words.ts'
import type { Question } from '../forms/walk.ts'
import { advance, ask } from './advance.ts'
import { asked, isBetweenRows, offersOf, rowLines, rowsOf, shown } from './asking.ts'
import { isNoMore, smallNumber, tidy } from './commands.ts'
import { earlierAnswer } from './earlier.ts'
import {
  activeDraft,
  currentQuestion,
  placeOf,
  put,
  putRows,
  questionAt,
  walkDraft,
  type Place,
  known,
} from './filling.ts'
import { propose } from './proposing.ts'
import { agreeToPage } from './read-back.ts'
import { takeRoster } from './roster.ts'
import { sameId } from './same-id.ts'
import type { Draft, Pending } from './session.ts'
import { withoutPending, type Talk } from './talk.ts'
import { formFor, type Facts, type Need, type Turn } from './turn.ts'
import { wording } from './wording.ts'

/** The message as an answer to the standing question, or undefined when it is nothing of the kind. */
export function answer(talk: Talk, draft: Draft): Turn | Need | undefined {
  const form = formFor(talk.facts, draft)
  const question = currentQuestion(form, draft)
  if (!question) return severalFacts(talk, draft, form, undefined, 1)
  if (talk.group && question.field.personal) return undefined
  if (isBetweenRows(question)) return answerRows(talk, draft, form, question)

  const offered = offerNumber(talk.text, question, draft)
  if (offered !== undefined) return accept(talk, draft, form, placeOf(question), offered)
  const many =
    isManyFacts(talk.text) && asked(question).type !== 'longText'
      ? severalFacts(talk, draft, form, question, 2)
      : undefined
  if (many) return many

  const field = asked(question)
  if (question.column?.optional || question.field.optional) {
    if (isNoMore(talk.text) && field.type !== 'text')
      return accept(talk, draft, form, placeOf(question), null)
  }
  const reading = readAnswer(talk, draft, question)
  if (reading.type === 'unlike' || reading.type === 'impossible') {
    const other = severalFacts(talk, draft, form, question, 1)
    if (other) return other
    const branch = branchFacts(talk, draft, form, question)
    if (branch) return branch
    const earlier = earlierAnswer(talk, draft, form, question.field)
    if (earlier) return propose(talk, draft, earlier, [])
  }
  return settle(talk, draft, form, placeOf(question), field, reading)
}

/** Reads with the field's type; a half-given value (address without area) is completed by what is said now. */
function readAnswer(talk: Talk, draft: Draft, question: Question): Reading {
  const { facts } = talk
  const field = asked(question)
  return facts.types[field.type].read(talk.text, field, { today: facts.today, answers: known(draft) })
}

/** What a reading leads to: taken, proposed back, asked back, refused, or not an answer at all. */
export function settle(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  place: Place,
  field: Field | Column,
  reading: Reading,
): Turn | Need | undefined {
  switch (reading.type) {
    case 'clear':
      return accept(talk, draft, form, place, reading.value)
    case 'doubtful': {
      const value = reading.value as never
      return propose(talk, draft, { type: 'confirm', ...place, value, because: reading.because }, [])
    }
    case 'ambiguous': {
      const options = reading.options.map(({ text, value }) => ({ text, value: value as never }))
      return propose(talk, draft, { type: 'choose', ...place, options, ask: reading.ask }, [])
    }
    case 'impossible':
      return ask(withoutPending(talk), placeFirst(draft, form, field), [reading.because])
    case 'unlike':
      return undefined
  }
}

/** A name needs its place (附件4第一条注1): where that was put off it is asked before the name again. */
function placeFirst(draft: Draft, form: FormDefinition, field: Field | Column): Draft {
  const place = form.fields.find(({ type }) => type === 'place')
  const isMissing = field.type === 'organizationName' && place && !draft.answers[place.id]
  return isMissing ? { ...draft, reopened: { field: place.id } } : draft
}

/** Takes one value: names must be free in the district; everything that depends on it follows. */
export function accept(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  place: Place,
  value: unknown,
): Turn | Need {
  const { facts } = talk
  const owner = form.fields.find((field) => field.id === place.field)!
  const field = owner.columns.find((column) => column.id === place.column) ?? owner
  if (field.type === 'organizationName') {
    const taken = nameTaken((value as { full: string }).full, draft, facts)
    if (taken !== undefined) return typeof taken === 'string' ? ask(talk, draft, [taken]) : taken
  }
  const holder = field.type === 'idNumber' ? sameId(form, draft, place, value) : undefined
  if (holder !== undefined) return ask(withoutPending(talk), draft, [wording.sameId(holder, place.row)])
  const before = currentQuestion(form, draft)
  const wasReopened = draft.reopened !== undefined
  const result = put(form, draft, place, value, facts)
  const note = wasReopened ? wording.changed : wording.noted
  const lead = [note(field.label, echo(field, value, facts)), ...result.notes]
  const renamed = result.notes.length > 0 ? checkRecomposed(result.draft, form, facts) : undefined
  if (renamed && 'needs' in renamed) return renamed
  const isAside = before !== undefined && before.field.id !== place.field
  return advance(talk, renamed?.draft ?? result.draft, [...lead, ...(renamed?.notes ?? [])], !isAside)
}

/** A value as it was taken. Communities of one name lie in different streets, so a place is said with its street. */
function echo(field: Field | Column, value: unknown, facts: Facts): string {
  const said = shown(field, value, facts)
  if (field.type !== 'place') return said
  const { street } = facts.types[field.type].print(value, field)
  return street && street !== said ? wording.placeIn(said, street) : said
}

/** A sentence when the name is taken, a need when that is not known yet, undefined when it is free. */
function nameTaken(full: string, draft: Draft, facts: Facts): string | Need | undefined {
  const normalizedName = normalizeName(full)
  const having = facts.organizations[normalizedName]
  if (!having) return { needs: 'organizations', normalizedName }
  const own = draft.record?.organization ?? draft.correcting
  const other = having.find(({ organizationId }) => own === undefined || organizationId !== own)
  if (!other) return undefined
  return other.applicant === facts.person ? wording.nameMine(other.name) : wording.nameTaken(other.name)
}

/** A moved place changes the full name, which must be free at the new place too. */
function checkRecomposed(
  draft: Draft,
  form: FormDefinition,
  facts: Facts,
): { draft: Draft; notes: string[] } | Need | undefined {
  const field = form.fields.find((field) => field.type === 'organizationName')
  const answer = field && draft.answers[field.id]
  if (!field || !answer || !('value' in answer)) return undefined
  const taken = nameTaken((answer.value as { full: string }).full, draft, facts)
  if (taken === undefined) return undefined
  if (typeof taken !== 'string') return taken
  const { [field.id]: _, ...answers } = draft.answers
  return { draft: { ...draft, answers }, notes: [taken, wording.askedAgain(field.label)] }
}

function offerNumber(text: string, question: Question, draft: Draft): unknown {
  const offers = offersOf(question, draft.answers)
  if (asked(question).options.length > 0) return undefined
  const said = tidy(text)
  const number =
    smallNumber(said.replace(/^第|个$/g, '')) ??
    (/^(用这个|就用这个|用这段|就这个|可以|行|好|同意)$/.test(said) ? 1 : undefined)
  return number === undefined ? undefined : offers[number - 1]?.value
}

const isManyFacts = (text: string): boolean =>
  text
    .trim()
    .split(/[\s,，、；;。\n]+/)
    .filter(Boolean).length >= 2

/** Fields a stray fact may belong to: the cells of the row being filled, else every single field that applies. */
function targets(
  form: FormDefinition,
  draft: Draft,
  question: Question | undefined,
  group: boolean,
): { field: Field; column?: Column; row?: number }[] {
  if (question?.column && question.row !== undefined) {
    const { field, row } = question
    const cells = rowsOf(draft.answers, field).rows[row] ?? {}
    return field.columns.filter((column) => !(column.id in cells)).map((column) => ({ field, column, row }))
  }
  return walkDraft(form, draft)
    .fields.filter((field) => field.type !== 'rows' && field.type !== 'roster')
    .filter((field) => !group || !field.personal)
    .map((field) => ({ field }))
}

/** Several facts in one message, or one that answers another question: all shown, then confirmed. */
function severalFacts(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  question: Question | undefined,
  atLeast: number,
): Turn | undefined {
  const { facts } = talk
  if (looksLikeQuestion(talk.text)) return undefined
  const among = targets(form, draft, question, talk.group)
  const { found } = gather(talk.text, among, { today: facts.today, answers: known(draft) }, facts.types)
  const values = found.flatMap(({ field, column, reading }) => {
    if (reading.type !== 'clear' && reading.type !== 'doubtful') return []
    const row = among.find((target) => target.field === field && target.column === column)?.row
    return [
      {
        field: field.id,
        ...(row === undefined ? {} : { row }),
        ...(column ? { column: column.id } : {}),
        value: reading.value as never,
      },
    ]
  })
  if (values.length < atLeast) return undefined
  return propose(talk, draft, { type: 'confirmSeveral', values }, [])
}

/** At a choice, facts that only make sense under one of its options choose it: a name at "is the contact you?". */
function branchFacts(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  question: Question,
): Turn | Need | undefined {
  const { field } = question
  if (field.type !== 'choice' || isBetweenRows(question)) return undefined
  for (const option of field.options) {
    const guess = put(form, draft, { field: field.id }, option.value, talk.facts).draft
    const own = walkDraft(form, guess).fields.filter((other) => other.when?.field === field.id)
    const context = { today: talk.facts.today, answers: known(draft) }
    if (own.length === 0) continue
    const several = severalFacts(talk, guess, form, { field: own[0]! }, isManyFacts(talk.text) ? 2 : 1)
    if (several) return several
    for (const other of own) {
      const reading = talk.facts.types[other.type].read(talk.text, other, context)
      if (reading.type === 'clear') return accept(talk, guess, form, { field: other.id }, reading.value)
    }
  }
  return undefined
}

/** "Is there another?": no more, a whole row at once, or the first cell of a new one. */
function answerRows(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  question: Question,
): Turn | Need | undefined {
  const { facts } = talk
  const { field } = question
  const present = rowsOf(draft.answers, field)
  if (field.type === 'roster') return takeRoster(talk, draft, field)
  if (isNoMore(talk.text)) {
    if (present.rows.length < field.least) return ask(talk, draft, [wording.atLeastOne])
    const closed = { ...putRows(draft, field, { ...present, done: true }, facts), reopened: undefined }
    return advance(talk, closed, [])
  }
  if (/^(有|还有|有的|还有的)$/.test(tidy(talk.text))) return ask(talk, draft, [])
  if (looksLikeQuestion(talk.text)) return undefined
  const row = present.rows.length
  const context = { today: facts.today, answers: known(draft) }
  const { found } = gather(
    talk.text,
    field.columns.map((column) => ({ field, column })),
    context,
    facts.types,
  )
  // What is left of a row once its other cells are taken is its free text; the row is shown back and can be mended.
  const cells = Object.fromEntries(
    found.flatMap(({ column, reading }) =>
      column && (reading.type === 'clear' || (reading.type === 'doubtful' && column.type === 'text'))
        ? [[column.id, reading.value]]
        : [],
    ),
  )
  const idColumn = field.columns.find(({ id, type }) => type === 'idNumber' && id in cells)
  const holder =
    idColumn && sameId(form, draft, { field: field.id, row, column: idColumn.id }, cells[idColumn.id])
  if (idColumn && holder !== undefined) delete cells[idColumn.id]
  const first = field.columns[0]!
  if (found.length >= 2 && first.id in cells) {
    const rows = { rows: [...present.rows, cells], done: false }
    const next = { ...putRows(draft, field, rows, facts), reopened: undefined }
    return advance(
      talk,
      next,
      [
        wording.noted(field.label, rowLines(field, next.answers, facts).at(-1)!),
        ...(holder === undefined ? [] : [wording.sameId(holder)]),
      ],
      false,
    )
  }
  const reading = facts.types[first.type].read(talk.text, first, context)
  return settle(talk, draft, form, { field: field.id, row, column: first.id }, first, reading)
}

/** The answer to something the bot asked back. Undefined when the message is none. */
export function answerPending(
  talk: Talk,
  pending: Pending,
  yes: boolean,
  no: boolean,
): Turn | Need | undefined {
  const draft = activeDraft(talk.session)
  if (!draft) return undefined
  const form = formFor(talk.facts, draft)
  const cleared: Talk = { ...talk, session: { ...talk.session, pending: undefined } }
  switch (pending.type) {
    case 'confirm': {
      if (yes) return accept(cleared, draft, form, pending, pending.value)
      if (no) return ask(cleared, draft, [wording.noThen])
      return undefined
    }
    case 'choose': {
      const said = tidy(talk.text).replace(/\s/g, '')
      const number = smallNumber(said.replace(/^第|个$/g, ''))
      const matching = pending.options.filter(({ text }) => text.replace(/\s/g, '').includes(said))
      const chosen =
        number === undefined ? (matching.length === 1 ? matching[0] : undefined) : pending.options[number - 1]
      return chosen && accept(cleared, draft, form, pending, chosen.value)
    }
    case 'confirmSeveral': {
      if (no) return ask(cleared, draft, [wording.notSeveral])
      if (!yes) return undefined
      return acceptSeveral(cleared, draft, form, pending.values)
    }
    case 'rest':
      // The choices of the next question were not shown yet, so a number can only mean going on.
      return yes || smallNumber(tidy(talk.text)) !== undefined ? ask(cleared, draft, []) : undefined
    case 'readBack':
      return yes ? agreeToPage(talk, draft, pending.page) : undefined
    default:
      return undefined
  }
}

function acceptSeveral(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  values: (Place & { value: unknown })[],
): Turn | Need {
  let changed = draft
  const notes: string[] = []
  for (const { value, ...place } of values) {
    const { fields } = walkDraft(form, changed)
    const question = questionAt(fields, changed.answers, place)
    if (question && asked(question).type === 'organizationName') {
      const taken = nameTaken((value as { full: string }).full, draft, talk.facts)
      if (taken !== undefined && typeof taken !== 'string') return taken
      if (taken !== undefined) {
        notes.push(taken)
        continue
      }
    }
    const holder =
      question && asked(question).type === 'idNumber' ? sameId(form, changed, place, value) : undefined
    if (holder !== undefined) {
      notes.push(wording.sameId(holder))
      continue
    }
    const result = put(form, changed, place, value, talk.facts)
    changed = {
      ...result.draft,
      ...(draft.reopened && !values.some(({ field }) => field === draft.reopened!.field)
        ? { reopened: draft.reopened }
        : {}),
    }
    notes.push(...result.notes)
  }
  return advance(talk, changed, [wording.notedSeveral, ...notes])
}
