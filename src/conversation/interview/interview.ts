import type { Field, FormDefinition } from '../../forms/definition.ts'
import type { Reading } from '../../forms/field-type.ts'
import { gather, type Found } from '../../forms/gather.ts'
import { gatherRows } from '../../forms/gather-rows.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import type { Question } from '../../forms/walk.ts'
import { accept, acceptSeveral, settle } from './accepting.ts'
import { advance, ask } from './advance.ts'
import { asked, isBetweenRows, offersOf, rowLines, rowsOf } from './asking.ts'
import { isNoMore } from '../yes-no.ts'
import { smallNumber } from '../../forms/numbers.ts'
import { tidy } from '../tidy.ts'
import { earlierAnswer } from './earlier.ts'
import { activeDraft, currentQuestion, known, placeOf, putRows, questionAt, settled } from './filling.ts'
import { propose, proposeSeveral } from './proposing.ts'
import { meetingElsewhere } from './meeting-elsewhere.ts'
import { agreeToPage } from './read-back.ts'
import { takeRoster } from './roster.ts'
import { sameId } from './same-id.ts'
import type { Draft, Pending } from '../session.ts'
import { branchFacts, choiceElsewhere, isManyFacts, severalFacts } from './several-facts.ts'
import type { Talk } from '../talk.ts'
import { formFor, type Need, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

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
  const meeting = meetingElsewhere(talk, draft, form, question)
  if (meeting) return meeting
  const elsewhere =
    field.type === 'text' || field.type === 'longText'
      ? choiceElsewhere(talk, draft, form, question)
      : undefined
  if (elsewhere) return elsewhere
  const reading = readAnswer(talk, draft, question)
  if (reading.type === 'unlike' || reading.type === 'impossible') {
    const other = severalFacts(talk, draft, form, question, 1)
    if (other) return other
    const branch = branchFacts(talk, draft, form, question)
    if (branch) return branch
    const earlier = earlierAnswer(talk, draft, form, question.field)
    if (earlier) return proposeSeveral(talk, draft, [earlier])
  }
  return settle(talk, draft, form, placeOf(question), field, reading)
}

/** Reads with the field's type; a half-given value (address without area) is completed by what is said now. */
function readAnswer(talk: Talk, draft: Draft, question: Question): Reading {
  const { facts } = talk
  const field = asked(question)
  return facts.types[field.type].read(talk.text, field, { today: facts.today, answers: known(draft) })
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
    const closed = settled(putRows(draft, field, { ...present, done: true }, facts), field.id)
    return advance(talk, closed, [])
  }
  if (/^(有|还有|有的|还有的)$/.test(tidy(talk.text))) return ask(talk, draft, [])
  if (looksLikeQuestion(talk.text)) return undefined
  const context = { today: facts.today, answers: known(draft) }
  const several = gatherRows(talk.text, field, context, facts.types)
  if (several.length > 0) return takeRows(talk, draft, form, field, several)
  const row = present.rows.length
  const { found } = gather(
    talk.text,
    field.columns.map((column) => ({ field, column })),
    context,
    facts.types,
  )
  const { cells, holder } = cellsOf(form, draft, field, row, found)
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

/** A pasted list or a whole career: every row is taken and said back, and what is missing in one is asked. */
function takeRows(talk: Talk, draft: Draft, form: FormDefinition, field: Field, several: Found[][]): Turn {
  const before = rowsOf(draft.answers, field).rows
  let next: Draft = { ...draft, reopened: undefined }
  const notes: string[] = []
  for (const found of several) {
    const { rows } = rowsOf(next.answers, field)
    if (rows.length >= field.most) break
    const { cells, holder } = cellsOf(form, next, field, rows.length, found)
    if (holder !== undefined) notes.push(wording.sameId(holder))
    next = putRows(next, field, { rows: [...rows, cells], done: false }, talk.facts)
  }
  const added = rowLines(field, next.answers, talk.facts).slice(before.length)
  const lead = [...added.map((line) => wording.noted(field.label, line)), ...notes]
  return advance(talk, next, [wording.join(...lead)], false)
}

/**
 * What is left of a row once its other cells are taken is its free text; the row is shown back and can be mended. An
 * identity number that somebody else has is left out: `holder` says who.
 */
function cellsOf(form: FormDefinition, draft: Draft, field: Field, row: number, found: Found[]) {
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
  return { cells, holder }
}

/** What was read back is not meant: what else it may be, or the question again. */
function otherwise(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  refused: Extract<Pending, { type: 'confirm' }>,
): Turn {
  const question = questionAt(form.fields, draft.answers, refused)
  const field = question && asked(question)
  const others = field ? talk.facts.types[field.type].instead?.(refused.value, field) : undefined
  const options = others?.map(({ text, value }) => ({ text, value: value as never })) ?? []
  const choose = { type: 'choose' as const, options, ask: wording.whichThen }
  const offered =
    question && options.length > 1 ? propose(talk, draft, { ...choose, ...placeOf(question) }, []) : undefined
  return offered ?? ask(talk, draft, [wording.noThen])
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
      if (no) return otherwise(cleared, draft, form, pending)
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
      if (no) return ask(cleared, { ...draft, heard: [] }, [wording.notSeveral])
      if (!yes) return undefined
      return acceptSeveral(cleared, { ...draft, heard: [] }, form, draft.heard)
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
