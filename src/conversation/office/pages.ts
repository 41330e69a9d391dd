import type { Pending } from '../session.ts'
import { turn, type Talk } from '../talk.ts'
import type { Turn } from '../turn.ts'
import { listWords as words } from './list-words.ts'

/** A line of a list. `head` stands above it where it differs from the line before; what has an id gets a number. */
export type Item = { text: string; head?: string; id?: string }

export type List = Extract<Pending, { type: 'list' }>['list']

const PER_PAGE = 12
/** Of longer lists only the numbers of the page shown last mean something. */
const MOST_KEPT = 200

type Shown = {
  list: List
  /** What the list is narrowed to, for its other pages. */
  of?: string
  title: string
  items: readonly Item[]
  /** What can be said next, if there is anything numbered. */
  next?: string
  perPage?: number
}

/** One page of a list of staff's; numbers go on over the pages. */
export function showPage(
  talk: Talk,
  { list, of, title, items, next, perPage = PER_PAGE }: Shown,
  page: number,
): Turn {
  const pages = Math.max(1, Math.ceil(items.length / perPage))
  const number = Math.min(Math.max(page, 0), pages - 1)
  const from = number * perPage
  const here = items.slice(from, from + perPage)
  const numbered = (some: readonly Item[]): string[] => some.flatMap(({ id }) => id ?? [])
  const first = numbered(items.slice(0, from)).length + 1
  const all = numbered(items)
  const ids = numbered(here)
  const kept = all.length <= MOST_KEPT ? { first: 1, ids: all } : { first, ids }
  let count = first
  const lines = here.flatMap(({ text, head, id }, index) => [
    ...(head !== undefined && head !== here[index - 1]?.head ? [head] : []),
    id === undefined ? text : `${count++}. ${text}`,
  ])
  const text = [
    title,
    ...lines,
    ...(pages > 1 ? [words.page(number + 1, pages)] : []),
    ...(ids.length > 0 && next !== undefined ? [next] : []),
  ].join('\n')
  const pending = { type: 'list' as const, list, page: number, ...kept, ...(of === undefined ? {} : { of }) }
  return turn({ ...talk.session, listed: [], pending }, text)
}

/** What a number of the list last shown means. */
export function itemOf({ session: { pending } }: Talk, list: List, number: number): string | undefined {
  if (pending?.type !== 'list' || pending.list !== list) return undefined
  return pending.ids[number - pending.first]
}
