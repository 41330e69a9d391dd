import { incubatorsIn } from '../../directory/scope.ts'
import { mayAct } from '../../directory/may-act.ts'
import type { Staff } from '../../directory/staff.ts'
import { placeByCode } from '../../filings/places.ts'
import type { DocumentRef, UserId } from '../../messages.ts'
import type { Pack } from '../../pack.ts'
import type { Reminder } from '../../reminders/owed.ts'
import { INCUBATOR_REPORT } from '../../reminders/report-forms.ts'
import { ledgerWords } from './ledger-words.ts'
import { ledgerDocument } from './ledgers.ts'
import { reportsDocument } from './report-lists.ts'
import { reportWords } from './report-words.ts'

/** The work already done that comes with a reminder, and how it is noted that it was taken. */
export type Draft = { document: DocumentRef; noted: string }

/**
 * The draft of a ledger, or what the organizations reported for the incubator to send on: only for those who hand it
 * in, since where a street has nobody, the next office is asked instead.
 */
export function draftFor(
  to: UserId,
  { duty, period, target, help }: Reminder,
  staff: Staff,
  { jurisdiction }: Pick<Pack, 'jurisdiction'>,
): Draft | undefined {
  if (help) return undefined
  if (duty.id === INCUBATOR_REPORT) {
    if (!incubatorsIn(staff, jurisdiction.code, to).includes(target)) return undefined
    return { document: reportsDocument(to, period, 'docx'), noted: reportWords.draftNoted(period) }
  }
  const place = placeByCode(target, jurisdiction)
  if (duty.id !== 'ledger' || !place || !mayAct(staff, to, 'closeLedger', { place: target }).ok)
    return undefined
  const { name } = place
  return {
    document: ledgerDocument(to, period, place, 'draft'),
    noted: ledgerWords.draftNoted(name, period),
  }
}
