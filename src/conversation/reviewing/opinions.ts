import { dayOf, inChinese } from '../../clock.ts'
import { staffName } from '../../directory/scope.ts'
import type { Filing } from '../../filings/filing.ts'
import type { Facts } from '../turn.ts'
import { correctedLabel } from './corrected.ts'
import { words } from './words.ts'

/** Whoever acted, and for whom they stood in. */
const whoOf = ({ by, deputyFor }: { by: string; deputyFor?: string }, staff: Facts['staff']): string =>
  deputyFor === undefined ? staffName(staff, by) : words.actedFor(staffName(staff, by), deputyFor)

/** What the offices said to a case so far, and put right in it: who, when, in whose place, and their words. */
export const opinionLines = ({ events }: Filing, { staff, pack }: Facts): string[] =>
  events.flatMap((event) => {
    if (event.type === 'corrected') {
      const label = correctedLabel(event.item, { pack })
      const day = inChinese(dayOf(new Date(event.at)))
      return [words.correctedLine(label, whoOf(event, staff), day, event.reason)]
    }
    if (event.type !== 'endorsed' && event.type !== 'approved' && event.type !== 'declined') return []
    const said = event.type === 'declined' ? event.reason : event.note
    const who = staffName(staff, event.by)
    const day = inChinese(dayOf(new Date(event.at)))
    return [words.opinion(event.as, event.type !== 'declined', who, event.deputyFor, day, said)]
  })
