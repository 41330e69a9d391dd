import { partiesTo } from '../directory/may-act.ts'
import { recipients, staffName } from '../directory/scope.ts'
import { inChinese } from '../clock.ts'
import { statusOf, waitsFor, assigneeOf, type Filing } from '../filings/filing.ts'
import { UNCLAIMED } from '../filings/ledger-import.ts'
import type { UserId } from '../messages.ts'
import { isMine } from './reviewing/todo.ts'
import { words } from './reviewing/words.ts'
import type { Facts } from './turn.ts'
import { caseWords } from './record/case-words.ts'

/** Which case: no two texts are alike, for WeCom drops what it has sent the same person a moment ago. */
function caseOf({ organizationName, caseNumber, kind, events }: Filing): string {
  const last = events.at(-1)
  // Seals and copies may be recorded one by one; they are told of once.
  const isToldOnce = last?.type === 'sealed' || last?.type === 'distributed'
  const times = isToldOnce ? 1 : events.filter(({ type }) => type === last?.type).length
  const again = times > 1 ? `第${times}次` : ''
  return `${organizationName}的${words.kinds[kind]}（${caseNumber}）${again}`
}

export type Notice = { to: UserId; text: string }

/**
 * Who is told what after something happened to a case, each privately: the leader at every step, also the bad ones,
 * and the office whose turn it is. Nobody is told of what they did themselves. `named`: what a return or correction
 * named, by label.
 */
export function noticesOf(
  filing: Filing,
  { staff, person }: Pick<Facts, 'staff' | 'person'>,
  named: readonly string[] = [],
): Notice[] {
  const event = filing.events.at(-1)
  const told = event && leaderText(filing, event, named)
  const deputyFor = event && 'deputyFor' in event ? event.deputyFor : undefined
  const leader =
    told && event && deputyFor ? `${told}\n${words.deputy(staffName(staff, event.by), deputyFor)}` : told
  const { to: office, text } = officeNotice(filing, staff)
  return [
    ...(leader ? [{ to: filing.applicant, text: leader }] : []),
    ...office.map((to) => ({ to, text })),
  ].filter(({ to }) => to !== person && to !== UNCLAIMED)
}

/** The office whose turn it is now, or was until the case was taken from it. */
function officeNotice(filing: Filing, staff: Facts['staff']): { to: UserId[]; text: string } {
  const { notice } = caseWords
  const event = filing.events.at(-1)
  switch (event?.type) {
    case 'submitted':
    case 'endorsed':
    case 'resubmitted': {
      const text = notice.waiting(filing.organizationName, filing.caseNumber, words.kinds[filing.kind])
      const returns = filing.events.filter(({ type }) => type === 'resubmitted').length
      const isBack = event.type === 'resubmitted'
      return { to: officeOf(filing, staff), text: isBack ? `${text}\n${words.corrected(returns)}` : text }
    }
    case 'withdrawn':
    case 'closed': {
      const before = { ...filing, events: filing.events.slice(0, -1) }
      return { to: officeOf(before, staff), text: notice[event.type](caseOf(filing)) }
    }
    case 'returned':
    case 'approved':
    case 'declined':
    case 'sealed':
    case 'distributed':
    case 'corrected':
    case 'imported':
    case undefined:
      return { to: [], text: '' }
  }
}

/** Whoever has to act; of a case that was returned whoever waits for it to come back. */
function officeOf(filing: Filing, staff: Facts['staff']): UserId[] {
  const waiting = waitsFor(filing)
  const returned = filing.events.findLast((event) => event.type === 'returned')
  const step = waiting === 'applicant' ? returned?.step : waiting
  if (step === undefined) return []
  const office = recipients(staff, step, filing.place, partiesTo(staff, filing))
  if (waiting === 'applicant') return office.filter((userId) => userId === returned?.by)
  return assigned(filing, staff) ?? office
}

/** After a correction the case goes back to the person who returned it, if they still hold the office. */
function assigned(filing: Filing, staff: Facts['staff']): UserId[] | undefined {
  const person = assigneeOf(filing)
  return person !== undefined && isMine(filing, { staff, person }) ? [person] : undefined
}

function leaderText(
  filing: Filing,
  event: Filing['events'][number],
  named: readonly string[],
): string | undefined {
  const { notice } = caseWords
  const name = caseOf(filing)
  switch (event.type) {
    case 'endorsed':
      return notice.endorsed(name)
    case 'returned':
      return notice.returned(name, named, event.reason, event.note)
    case 'approved':
      return notice.approved(name, filing.kind, event.filingNumber, inChinese(event.validUntil))
    case 'declined':
      return notice.declined(name, filing.kind, event.reason)
    case 'sealed':
      return statusOf(filing) === 'sealed' ? notice.sealed(name) : undefined
    case 'distributed':
      return statusOf(filing) === 'distributed' ? notice.distributed(name, filing.kind) : undefined
    case 'closed':
      return notice.closed(name)
    case 'corrected':
      return notice.corrected(name, named, event.reason)
    case 'submitted':
    case 'resubmitted':
    case 'withdrawn':
    case 'imported':
      return undefined
  }
}
