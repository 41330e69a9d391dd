import { staffName } from '../../directory/scope.ts'
import { PAPERS, type Filing } from '../../filings/filing.ts'
import type { FormDefinition } from '../../forms/definition.ts'
import { formFor, type Facts } from '../turn.ts'
import { words } from './words.ts'

const MOST_NAMED = 10

/** What the last return named, by the printed labels. */
export function namedAtReturn({ events }: Filing, form: FormDefinition): string[] {
  const returned = events.findLast(({ type }) => type === 'returned')
  return returned?.type === 'returned' ? labelsOf(returned.items, form) : []
}

/**
 * For whoever looks at a case that came back: what it was returned for, what the applicant changed, and what was named
 * and left as it was. Nothing before the first return.
 */
export function mendedLines(filing: Filing, facts: Facts): string[] {
  const { events } = filing
  const at = events.findLastIndex(({ type }) => type === 'returned')
  const returned = events[at]
  if (returned?.type !== 'returned') return []
  const form = formFor(facts, filing)
  const lines = [
    words.returnedFor(
      staffName(facts.staff, returned.by),
      labelsOf(returned.items, form),
      returned.reason,
      returned.note,
    ),
  ]
  const back = events.slice(at).find(({ type }) => type === 'resubmitted')
  if (back?.type !== 'resubmitted') return lines
  const changed = Object.keys(back.before ?? {})
  const left = returned.items.filter((item) => item !== PAPERS && !changed.includes(item))
  return [...lines, words.mended(labelsOf(changed, form), labelsOf(left, form))]
}

function labelsOf(items: readonly string[], form: FormDefinition): string[] {
  const labels = items.flatMap((item) =>
    item === PAPERS ? words.papers : (form.fields.find(({ id }) => id === item)?.label ?? []),
  )
  const more = labels.length - MOST_NAMED
  return more > 0 ? [...labels.slice(0, MOST_NAMED), words.moreItems(more)] : labels
}
