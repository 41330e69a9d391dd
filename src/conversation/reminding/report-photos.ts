import { ask } from './report-answers.ts'
import { formOf } from './reporters.ts'
import { reportWords as words } from './report-words.ts'
import type { Talk } from '../talk.ts'
import type { Turn } from '../turn.ts'

const MOST_PHOTOS = 50

/** Pictures sent while a report is asked for are counted and not kept; undefined when none is asked for. */
export function countPhotos(talk: Talk, count: number): Talk | undefined {
  const { pending } = talk.session
  if (talk.group || pending?.type !== 'report') return undefined
  const photos = Math.min((pending.photos ?? 0) + count, MOST_PHOTOS)
  return { ...talk, session: { ...talk.session, pending: { ...pending, photos } } }
}

/** What is said to a picture while a report is asked for. */
export function takePhoto(talk: Talk): Turn | undefined {
  const counted = countPhotos(talk, 1)
  const pending = counted?.session.pending
  const form = pending?.type === 'report' ? formOf(talk.facts, pending.duty) : undefined
  if (!counted || pending?.type !== 'report' || !form) return undefined
  return ask(counted, pending, form, [words.photo(pending.photos ?? 0)])
}
