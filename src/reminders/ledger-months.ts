import type { Calendar } from '../calendar.ts'
import type { Day } from '../clock.ts'
import { lastDayOf, workingDayBefore, type Month } from './days.ts'
import { periodsOf } from './due.ts'
import { dutiesOf, type Duties } from './duties.ts'

/** A month whose ledger is due: its last day, and the day from which it may be handed in. */
export type LedgerMonth = { month: Month; last: Day; opens: Day }

/**
 * The present month and the one before it, the older first. What is handed in is frozen, so a word said twice must
 * not close a month that has hardly begun: it opens with its first reminder, and with its end where nothing is due.
 */
export function ledgerMonths(duties: Duties, calendar: Calendar, day: Day): LedgerMonth[] {
  const duty = dutiesOf(duties, day, 'monthlyBefore').find(({ id }) => id === 'ledger')
  if (!duty) return []
  const earliest = Math.max(...duty.when.remind)
  return periodsOf(duty, day).map(({ period: month, last }) => {
    const first = workingDayBefore(last, earliest, calendar)
    return { month, last, opens: first < `${month}-01` ? lastDayOf(month) : first }
  })
}
