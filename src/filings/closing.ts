import type { UserId } from '../messages.ts'
import { waitsFor, type Filing } from './filing.ts'

/**
 * A cancellation ends the organization and with it whatever of its filings still waits for somebody: what is not
 * decided needs no decision any more, what is decided no seals and copies. Undefined for a filing that is over.
 */
export const closed = (filing: Filing, by: UserId, at: string): Filing | undefined =>
  waitsFor(filing) === undefined
    ? undefined
    : { ...filing, events: [...filing.events, { type: 'closed', by, at }] }
