import { partiesTo } from '../directory/may-act.ts'
import { recipients, staffName } from '../directory/scope.ts'
import { inChinese } from '../clock.ts'
import { statusOf, waitsFor, assigneeOf, type Filing } from '../filings/filing.ts'
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
 * and the office whose turn it is. Nobody is told of what they did themselves. `named`: what a return named, by label.
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
  const waiting = waitsFor(filing)
  const isNew = event !== undefined && ['submitted', 'resubmitted', 'endorsed'].includes(event.type)
  const office =
    isNew && (waiting === 'community' || waiting === 'street')
      ? (assigned(filing, staff) ?? recipients(staff, waiting, filing.place, partiesTo(staff, filing)))
      : []
  const waits = caseWords.notice.waiting(filing.organizationName, filing.caseNumber, words.kinds[filing.kind])
  const returns = filing.events.filter(({ type }) => type === 'resubmitted').length
  const text = event?.type === 'resubmitted' ? `${waits}\n${words.corrected(returns)}` : waits
  return [
    ...(leader ? [{ to: filing.applicant, text: leader }] : []),
    ...office.map((to) => ({ to, text })),
  ].filter(({ to }) => to !== person)
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
    case 'submitted':
    case 'resubmitted':
    case 'withdrawn':
    case 'corrected':
    case 'imported':
      return undefined
  }
}
