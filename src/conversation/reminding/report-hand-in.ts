import type { Month } from '../../reminders/days.ts'
import { matterId, reportOf } from '../../reminders/matter.ts'
import type { ReportForm } from '../../reminders/report-forms.ts'
import { standing } from '../standing.ts'
import { withoutPending, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { choose, isChosen, type Reporter, type ReportOf } from './reporters.ts'
import { reportWords as words } from './report-words.ts'

/**
 * 无活动 and 无变化: nothing to tell and no activity. One word, perhaps on an old card, does not take the place of what
 * was told in full; somebody who began the report anew was told that it will.
 */
export function reportNothing(talk: Talk, about: ReportOf, isAnew = false): Turn | Need {
  const chosen = choose(talk, about, ({ nothing }) => nothing[0])
  if (!isChosen(chosen)) return chosen
  const { form, reporter, month, matter } = chosen
  const reported = matter && reportOf(matter)
  if (reported && !reported.nothing && !isAnew)
    return standing(withoutPending(talk), [
      words.toldBefore(reporter.name, month, reported.at, again(reporter, form), form),
    ])
  const none = { nothing: true as const, ...(countsActivities(form) ? { activities: 0 } : {}) }
  return handIn(
    talk,
    form,
    reporter,
    month,
    none,
    words.doneNothing(reporter.name, month, again(reporter, form), form),
  )
}

/** What is said to report anew. */
export const again = ({ name, helped }: Reporter, { word }: ReportForm): string =>
  helped ? `代报 ${name}` : word

export const countsActivities = ({ questions }: ReportForm): boolean => questions.some(({ counts }) => counts)

type Report = { nothing?: true; activities?: number; photos?: number; said?: Record<string, string> }

export function handIn(
  talk: Talk,
  { duty }: ReportForm,
  { id, place }: Reporter,
  month: Month,
  report: Report,
  text: string,
): Turn {
  const { facts } = talk
  const at = facts.now.toISOString()
  const begin = { duty, period: month, target: id, place }
  const event = { type: 'reported' as const, at, by: facts.person, ...report }
  const open = withoutPending(talk)
  const session = { ...open.session, handedIn: { duty, period: month, target: id, at } }
  return {
    ...standing({ ...open, session }, [text]),
    effects: [{ type: 'noteMatter', matter: matterId(duty, month, id), begin, event }],
  }
}

export const toldOf = (said: Readonly<Record<string, string>>, { questions }: ReportForm) =>
  questions.flatMap(({ id, label }) => {
    const text = said[id]
    return text === undefined ? [] : [{ label, text }]
  })
