import { isDeepStrictEqual } from 'node:util'
import { valueOf } from '../../forms/answers.ts'
import type { Field, FormDefinition } from '../../forms/definition.ts'
import { documentName } from '../../filings/document-name.ts'
import { openQuestion } from '../../forms/walk.ts'
import type { DocumentRef } from '../../messages.ts'
import { answerText } from './answer-text.ts'
import { cardOf, rowsOf, say, shownToOwner } from './asking.ts'
import { changesOf } from './changes.ts'
import { known, walkDraft, withDraft } from './filling.ts'
import type { Draft, Pending } from '../session.ts'
import { turn, type Talk } from '../talk.ts'
import { formFor, formOf, type Facts, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

const PER_PAGE = 8

/** The numbered read-back, in pages; the last one carries preview, declaration and 确认提交. */
export function readBack(talk: Talk, draft: Draft, lead: string[], page: number | 'last'): Turn {
  if (talk.group) return turn(withDraft(talk.session, draft), wording.join(...lead, wording.groupPrivate))
  const { facts } = talk
  const form = formFor(facts, draft)
  const { fields } = walkDraft(form, draft)
  const listed = toReadBack(fields, draft, facts)
  const pages = pagesOf(listed)
  const number = page === 'last' ? pages - 1 : Math.min(Math.max(page, 0), pages - 1)
  const first = number * PER_PAGE
  const items = listed
    .slice(first, first + PER_PAGE)
    .map(
      (field) =>
        `${fields.indexOf(field) + 1}. ${field.label}：${answerText(field, draft.answers, facts, shownToOwner)}`,
    )
  const complete = missingFields(form, draft).length === 0
  const isLast = number === pages - 1
  const seen: Draft = isLast && complete ? { ...draft, readBackSeen: true } : draft
  const final = isLast && complete
  const buttons = final
    ? [...(draft.helper && !draft.leaderConfirmed ? [say('负责人已确认')] : []), say('确认提交')]
    : isLast
      ? [say('继续')]
      : [say('下一页')]
  const isWhole = listed.length === fields.length
  const head = isWhole || pages > 1 ? wording.readBackHead(number + 1, pages) : wording.readBackCorrected
  const text = wording.join(
    listed.length === 0 ? wording.readBackOnlyPapers : head,
    ...items,
    ...(isLast ? followed(form, draft, facts) : []),
    !isLast && wording.readBackNext,
    isLast && !complete && wording.notComplete(missingFields(form, draft).map((field) => field.label)),
    final && warnings(form, draft, facts),
    final && form.declaration && wording.declaration(form.declaration),
    final && lastWords(form, draft),
  )
  const card = cardOf(`${draft.id}@${facts.newId()}`, wording.readBackHead(number + 1, pages), '', buttons)
  const pending: Pending = { type: 'readBack', page: number }
  return {
    session: { ...withDraft(talk.session, seen), pending, card: card.id },
    reply: {
      text: [...lead, text].join('\n\n'),
      card,
      ...(final ? { documents: draftDocuments(form, draft, facts) } : {}),
    },
    effects: [],
  }
}

/** What changes without being asked, a name with its place: it is printed, so it is read back. */
function followed(form: FormDefinition, draft: Draft, facts: Facts): string[] {
  if (form.kind !== 'change' || form.record === undefined) return []
  const record = formOf(facts, form.record)
  const changed = new Set(changesOf(draft, record).map(({ field }) => field))
  return record.fields
    .filter(({ id }) => changed.has(id) && !form.fields.some((asked) => asked.id === id))
    .map((field) => wording.follows(field.label, answerText(field, draft.answers, facts, shownToOwner)))
}

const pagesOf = (listed: Field[]): number => Math.max(1, Math.ceil(listed.length / PER_PAGE))

/** Of a case that came back what was asked for and what changed with it: the rest was read back when it was handed in. */
function toReadBack(fields: Field[], draft: Draft, facts: Facts): Field[] {
  const filing = facts.filings.find(({ id }) => id === draft.correcting)
  const returned = filing?.events.findLast(({ type }) => type === 'returned')
  if (!filing || returned?.type !== 'returned') return fields
  return fields.filter(
    ({ id }) =>
      returned.items.includes(id) ||
      !isDeepStrictEqual(valueOf(draft.answers, id), valueOf(filing.answers, id)),
  )
}

function lastWords(form: FormDefinition, draft: Draft): string {
  if (form.kind === 'charter') return wording.charterLast
  return draft.helper && !draft.leaderConfirmed ? wording.readBackLastHelper : wording.readBackLast
}

/** 好 and 对 turn the page; on the last one they are not yet 确认提交. */
export function agreeToPage(talk: Talk, draft: Draft, page: number): Turn | undefined {
  const form = formFor(talk.facts, draft)
  const isLast = page >= pagesOf(toReadBack(walkDraft(form, draft).fields, draft, talk.facts)) - 1
  if (!isLast) return readBack(talk, draft, [], page + 1)
  if (missingFields(form, draft).length > 0) return undefined
  const waits = draft.helper && !draft.leaderConfirmed
  return readBack(talk, draft, [waits ? wording.leaderFirst : wording.notYetSubmitted], page)
}

export const missingFields = (form: FormDefinition, draft: Draft): Field[] =>
  walkDraft(form, draft).fields.filter((field) => openQuestion(field, draft.answers) !== undefined)

/** What the offices will notice; told now, stops nothing (domain-notes K15). */
function warnings(form: FormDefinition, draft: Draft, facts: Facts): string | undefined {
  const missing =
    form.kind === 'change'
      ? newcomers(form, draft, facts).map(wording.newNotInRoster)
      : notInRoster(form, draft.answers, form.rosterIncludes).map(wording.notInRoster)
  return missing.length > 0 ? wording.reminders(missing) : undefined
}

/** Who leads after a change and does not stand in the roster on record, as far as there is one. */
function newcomers(form: FormDefinition, draft: Draft, facts: Facts): string[] {
  if (form.record === undefined || draft.record === undefined) return []
  const record = formOf(facts, form.record)
  const changed = new Set(changesOf(draft, record).map(({ field }) => field))
  const paths = record.rosterIncludes.filter((path) => changed.has(path.split('.')[0]!))
  const before = notInRoster(record, draft.record.answers, paths)
  const after = notInRoster(record, { ...draft.record.answers, ...draft.answers }, paths)
  return after.filter((name) => !before.includes(name))
}

/** The names at these paths that the roster does not have; none where nobody stands in it. */
function notInRoster(form: FormDefinition, answers: Draft['answers'], paths: readonly string[]): string[] {
  const field = form.fields.find(({ type }) => type === 'roster')
  const { rows } = field ? rowsOf(answers, field) : { rows: [] }
  if (!field || rows.length === 0) return []
  const inRoster = new Set(rows.map((row) => row[field.columns[0]!.id]))
  return paths.flatMap((path) => namesAt(form, answers, path)).filter((name) => !inRoster.has(name))
}

function namesAt(form: FormDefinition, answers: Draft['answers'], path: string): string[] {
  const [id, column] = path.split('.')
  const field = form.fields.find((field) => field.id === id)
  if (!field) return []
  const values = column ? rowsOf(answers, field).rows.map((row) => row[column]) : [valueOf(answers, field.id)]
  return values.filter((value) => typeof value === 'string')
}

/** The papers of a draft as they are now; blanks where nothing was said yet. */
export function draftDocuments(form: FormDefinition, draft: Draft, facts: Facts): DocumentRef[] {
  return documentsOf(form, 'draft', draft.id, known(draft), facts)
}

export function documentsOf(
  form: FormDefinition,
  of: DocumentRef['of'],
  id: string,
  answers: Draft['answers'],
  facts: Facts,
): DocumentRef[] {
  const short = nameParts(form, answers, facts)?.['short']
  // The charter is no paper with cells: it is composed of its 19 articles.
  if (form.kind === 'charter') {
    return [
      { of, id, paper: form.id, format: 'docx', name: documentName(form.title, short, facts.today, 'docx') },
    ]
  }
  return form.papers.flatMap((paper) =>
    paper.formats.map((format) => ({
      of,
      id,
      paper: paper.id,
      format,
      name: documentName(paper.title, short, facts.today, format),
    })),
  )
}

function nameParts(form: FormDefinition, answers: Draft['answers'], facts: Facts) {
  const record = form.record === undefined ? [] : formOf(facts, form.record).fields
  const field = [...form.fields, ...record].find((field) => field.type === 'organizationName')
  const value = field && valueOf(answers, field.id)
  return field && value !== undefined ? facts.types[field.type].print(value, field) : undefined
}

/** The organization's full name as far as it is known. */
export const organizationName = (
  form: FormDefinition,
  answers: Draft['answers'],
  facts: Facts,
): string | undefined => nameParts(form, answers, facts)?.['']
