import type { Field } from '../../forms/definition.ts'
import type { Content } from '../../messages.ts'
import { mergeRoster, readRoster, readRosterSheet, type RosterReading } from '../../forms/roster.ts'
import { isRemoval, removedRows } from '../../forms/roster-removal.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import { advance, ask } from './advance.ts'
import { rowLines, rowsOf } from './asking.ts'
import { isNoMore } from '../yes-no.ts'
import { known, putRows, settled } from './filling.ts'
import type { Draft } from '../session.ts'
import type { Talk } from '../talk.ts'
import { formFor, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

const MOST_PROBLEMS_SHOWN = 8

/** Typed or pasted people, or 没有了. */
export function takeRoster(talk: Talk, draft: Draft, field: Field): Turn | undefined {
  const present = rowsOf(draft.answers, field)
  if (isNoMore(talk.text)) {
    if (present.rows.length === 0) return ask(talk, draft, [wording.rosterEmpty])
    const closed = settled(putRows(draft, field, { ...present, done: true }, talk.facts), field.id)
    return advance(talk, closed, [])
  }
  if (looksLikeQuestion(talk.text)) return undefined
  if (isRemoval(talk.text)) return removePeople(talk, draft, field)
  return addPeople(
    talk,
    draft,
    field,
    readRoster(talk.text, { today: talk.facts.today, answers: known(draft) }),
  )
}

/** Takes out whom the words name and says each line again; of two with one name, which is asked. */
function removePeople(talk: Talk, draft: Draft, field: Field): Turn {
  const { rows } = rowsOf(draft.answers, field)
  const people = rows as RosterReading['people']
  const leaving = removedRows(talk.text, people)
  const lines = rowLines(field, draft.answers, talk.facts)
  const twin = leaving.find((row) =>
    leaving.some((other) => other !== row && people[other]!.name === people[row]!.name),
  )
  if (leaving.length === 0) return ask(talk, draft, [wording.nobodyToRemove])
  if (twin !== undefined) {
    const { name } = people[twin]!
    const same = leaving.filter((row) => people[row]!.name === name)
    return ask(talk, draft, [
      wording.sameNames(
        name,
        same.map((row) => `(${row + 1}) ${lines[row]}`),
      ),
    ])
  }
  const kept = { rows: rows.filter((_, row) => !leaving.includes(row)), done: false }
  const next = { ...putRows(draft, field, kept, talk.facts), reopened: { field: field.id } }
  return ask(talk, next, [
    wording.join(
      ...leaving.map((row) => wording.rowDeleted(lines[row]!)),
      wording.rosterNow(kept.rows.length),
    ),
  ])
}

/** The cells of an .xlsx file; what other sheets it has is said, so that nobody is left out unseen. */
export function takeSheet(
  talk: Talk,
  draft: Draft,
  { rows, unread = [], problem }: Extract<Content, { type: 'sheet' }>,
): Turn {
  const form = formFor(talk.facts, draft)
  const field = form.fields.find((field) => field.type === 'roster')
  if (!field) return ask(talk, draft, [wording.fileNotNow])
  if (problem) return ask(talk, draft, [wording.fileProblem(problem)])
  return (
    addPeople(talk, draft, field, readRosterSheet(rows), unread) ??
    ask(talk, draft, [wording.fileProblem(wording.noPeople)])
  )
}

function addPeople(
  talk: Talk,
  draft: Draft,
  field: Field,
  reading: RosterReading,
  unread: readonly string[] = [],
): Turn | undefined {
  const problems = reading.verdicts.filter((verdict) => verdict.problem)
  if (reading.people.length === 0 && problems.length === 0) return undefined
  const present = rowsOf(draft.answers, field)
  const rows = mergeRoster(present.rows as RosterReading['people'], reading.people).slice(0, field.most)
  const next = reading.people.length > 0 ? putRows(draft, field, { rows, done: false }, talk.facts) : draft
  const shownProblems = problems
    .slice(0, MOST_PROBLEMS_SHOWN)
    .map(({ line, said, problem }) => `第${line}行 ${said}：${problem}`)
  const lead = [
    wording.join(
      wording.rosterTaken(reading.people.length, rows.length),
      problems.length > 0 && wording.rosterProblems(shownProblems, problems.length - shownProblems.length),
      unread.length > 0 && wording.sheetsUnread(unread),
    ),
  ]
  const stays: Draft = { ...next, reopened: draft.reopened }
  // The roster may come early, as a file sent while something else is asked: then that question stands again.
  return ask({ ...talk, session: { ...talk.session, pending: undefined } }, stays, lead)
}
