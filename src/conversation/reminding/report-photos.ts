import { couldAnswer } from '../../forms/question-words.ts'
import { matterId, photosOf, reportOf } from '../../reminders/matter.ts'
import { commandOf } from '../commands.ts'
import { ask } from './report-answers.ts'
import { formOf } from './reporters.ts'
import { reportWords as words } from './report-words.ts'
import { standing } from '../standing.ts'
import type { Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'

const MOST_PHOTOS = 50
/** So long after a report was handed in pictures belong to it. */
const RIGHT_AFTER_MS = 30 * 60_000

/** Pictures sent while a report is asked for are counted and not kept; undefined when none is asked for. */
export function countPhotos(talk: Talk, count: number): Talk | undefined {
  const { pending } = talk.session
  if (talk.group || pending?.type !== 'report') return undefined
  const photos = Math.min((pending.photos ?? 0) + count, MOST_PHOTOS)
  return { ...talk, session: { ...talk.session, pending: { ...pending, photos } } }
}

/** What is said to pictures while a report is asked for. */
export function takePhotos(talk: Talk, count: number): Turn | undefined {
  const counted = countPhotos(talk, count)
  const pending = counted?.session.pending
  const form = pending?.type === 'report' ? formOf(talk.facts, pending.duty) : undefined
  if (!counted || pending?.type !== 'report' || !form) return undefined
  return ask(counted, pending, form, [words.photo(pending.photos ?? 0)])
}

/**
 * The same with words: a caption needs no answer of its own, a question and a wish are heard as well. Undefined when
 * the pictures belong to no report.
 */
export function addCaptioned(
  talk: Talk,
  count: number,
  hear: (talk: Talk) => Turn | Need | undefined,
): Turn | Need | undefined {
  const added = addPhotos(talk, count)
  if (!added || 'needs' in added || isCaption(talk.text)) return added
  const heard = hear({ ...talk, session: added.session })
  if (!heard || 'needs' in heard) return heard
  const text = [added.reply.text, heard.reply.text].join('\n\n')
  return { ...heard, reply: { ...heard.reply, text }, effects: [...added.effects, ...heard.effects] }
}

const isCaption = (text: string): boolean => commandOf(text) === undefined && couldAnswer(text)

/** Pictures sent right after a report count with it; undefined when none was just handed in by this person. */
export function addPhotos(talk: Talk, count: number): Turn | Need | undefined {
  const { facts, session, group } = talk
  const { handedIn } = session
  if (group || !handedIn || facts.now.getTime() - Date.parse(handedIn.at) > RIGHT_AFTER_MS) return undefined
  const { duty, period, target } = handedIn
  const id = matterId(duty, period, target)
  if (!(id in facts.matters)) return { needs: 'matters', ids: [id] }
  const matter = facts.matters[id]
  const report = matter && reportOf(matter)
  const form = formOf(facts, duty)
  if (!matter || !form || report?.by !== facts.person) return undefined
  if (report.nothing) return standing(talk, [words.photoOfNothing(period, form)])
  const known = photosOf(matter)
  const added = Math.min(count, MOST_PHOTOS - known)
  const told = standing(talk, [words.photoAfter(period, form, known + Math.max(added, 0))])
  if (added <= 0) return told
  const event = { type: 'pictured' as const, at: facts.now.toISOString(), by: facts.person, count: added }
  return { ...told, effects: [{ type: 'noteMatter', matter: id, event }] }
}
