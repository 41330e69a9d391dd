import { staffName } from '../../directory/scope.ts'
import { organizationsIn } from '../../filings/ledger.ts'
import type { Filing } from '../../filings/filing.ts'
import { authorityOf } from '../../filings/place-code.ts'
import type { Street } from '../../pack.ts'
import { lastDayOf, monthOf } from '../../reminders/days.ts'
import { ledgerMonths, type LedgerMonth } from '../../reminders/ledger-months.ts'
import { isDone, matterId } from '../../reminders/matter.ts'
import { gapLines } from '../reviewing/gaps.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { dueMonth, missingOf, reportIn } from './ledgers.ts'
import { ledgerWords as words } from './ledger-words.ts'

/** Who said that it was handed in elsewhere; nothing is frozen then. */
function saidDone({ matters, staff }: Facts, id: string): string | undefined {
  const matter = matters[id]
  const said = matter?.events.findLast((event) => event.type === 'answered' && event.answer === 'done')
  return matter && isDone(matter) && said && 'by' in said
    ? words.saidDone(staffName(staff, said.by))
    : undefined
}

/** 台账 of the district: who has handed in, how many are filed where, who is missing. */
export function ledgerRollUp(talk: Talk, cases: readonly Filing[]): Turn | Need {
  const { facts, session } = talk
  const { pack, today } = facts
  const { streets } = pack.jurisdiction
  const month = dueMonth(facts) ?? comingMonth(facts)
  const idOf = ({ code }: Street): string => matterId('ledger', month.month, code)
  const need = missingOf(facts, streets.map(idOf))
  if (need) return need
  const present = organizationsIn(cases, today).filter(({ state }) => state.type !== 'cancelled')
  const expired = present.filter(({ state }) => state.type === 'expired').length
  const reported = streets.filter((street) => reportIn(facts, idOf(street)))
  const missing = streets.filter((street) => !reportIn(facts, idOf(street)) && !saidDone(facts, idOf(street)))
  const lines = streets.map((street) => {
    const those = present.filter(({ place }) => authorityOf(place) === street.code)
    const gone = those.filter(({ state }) => state.type === 'expired').length
    const report = reportIn(facts, idOf(street))
    const how = report ? words.reportedAt(report.at) : (saidDone(facts, idOf(street)) ?? words.notReported)
    return words.street(street.name, how, those.length, gone)
  })
  return turn(
    session,
    [
      words.rollUp(month.month, month.last, reported.length, missing.length),
      ...lines.map((line, index) => `${index + 1}. ${line}`),
      words.missing(missing.map(({ name }) => name)),
      words.all(present.length, expired),
      ...gapLines(facts, cases),
      words.more(month.month, streets[0]?.name ?? ''),
    ]
      .filter(Boolean)
      .join('\n'),
  )
}

/** Before the first month is open, the one that will be. */
function comingMonth({ pack, today }: Facts): LedgerMonth {
  const present = monthOf(today)
  const coming = ledgerMonths(pack.duties, pack.calendar, today).find(({ month }) => month === present)
  return coming ?? { month: present, last: lastDayOf(present), opens: today }
}
