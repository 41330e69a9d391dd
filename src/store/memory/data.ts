import { normalizeName } from '../../filings/names.ts'
import { authorityOf } from '../../filings/place-code.ts'
import { StoreError } from '../error.ts'
import {
  AccessRow,
  ComplaintRow,
  DeliveryRow,
  FilingRow,
  LedgerRow,
  MatterRow,
  PurgeRow,
  QuestionRow,
  ReplyRow,
  SequenceRow,
  SessionRow,
  SpentKeyRow,
  VoidedNumberRow,
  type TableName,
} from './rows.ts'
import { Index, Table, type Change, type Log } from './table.ts'

/** The whole state of the store, in memory. */
export type Data = ReturnType<typeof createData>

/** New deliveries take their places from `lastOrder` on, or behind those that are loaded. */
export function createData(lastOrder = 0) {
  const log: Log = { undo: [], changes: new Map() }
  const repliesByStream = new Index<ReplyRow>((row) => row.streamId)
  const filingsByApplicant = new Index<FilingRow>((row) => row.applicant)
  const filingsByName = new Index<FilingRow>((row) => normalizeName(row.organizationName))
  const filingsByNewName = new Index<FilingRow>((row) =>
    row.newName === undefined ? undefined : normalizeName(row.newName),
  )
  const filingsByOrganization = new Index<FilingRow>((row) => row.organizationId)
  const filingsByNumber = new Index<FilingRow>((row) => row.number)
  const filingsByStatus = new Index<FilingRow>((row) => row.status)
  const filingsByDesk = new Index<FilingRow>((row) => deskOf(row.place, row.status))
  const questionsByStatus = new Index<QuestionRow>((row) => row.status)
  const accessesByFiling = new Index<AccessRow>((row) => row.filingId)
  const deliveriesByState = new Index<DeliveryRow>((row) => row.state)
  const deliveriesByPerson = new Index<DeliveryRow>((row) => row.to)
  const replies = new Table('replies', ReplyRow, [repliesByStream], log)
  const sessions = new Table('sessions', SessionRow, [], log)
  const filings = new Table(
    'filings',
    FilingRow,
    [
      filingsByApplicant,
      filingsByName,
      filingsByNewName,
      filingsByOrganization,
      filingsByNumber,
      filingsByStatus,
      filingsByDesk,
    ],
    log,
  )
  const voidedNumbers = new Table('voidedNumbers', VoidedNumberRow, [], log)
  const questions = new Table('questions', QuestionRow, [questionsByStatus], log)
  const accesses = new Table('accesses', AccessRow, [accessesByFiling], log)
  const complaints = new Table('complaints', ComplaintRow, [], log)
  const purges = new Table('purges', PurgeRow, [], log)
  const matters = new Table('matters', MatterRow, [], log)
  const deliveries = new Table('deliveries', DeliveryRow, [deliveriesByState, deliveriesByPerson], log)
  const ledgers = new Table('ledgers', LedgerRow, [], log)
  const spentKeys = new Table('spentKeys', SpentKeyRow, [], log)
  const sequences = new Table('sequences', SequenceRow, [], log)
  const tables = {
    replies,
    sessions,
    filings,
    voidedNumbers,
    questions,
    accesses,
    complaints,
    purges,
    matters,
    deliveries,
    ledgers,
    spentKeys,
    sequences,
  } satisfies Record<TableName, unknown>
  const named: Record<string, Pick<Table<unknown>, 'load' | 'copy'>> = tables

  // Named one by one: an object that begins with a spread and grows by this many takes forty times as long to make,
  // and in PostgreSQL every transaction has one of its own.
  return {
    replies,
    sessions,
    filings,
    voidedNumbers,
    questions,
    accesses,
    complaints,
    purges,
    matters,
    deliveries,
    ledgers,
    spentKeys,
    sequences,
    repliesByStream,
    filingsByApplicant,
    filingsByName,
    filingsByNewName,
    filingsByOrganization,
    filingsByNumber,
    filingsByStatus,
    filingsByDesk,
    questionsByStatus,
    accessesByFiling,
    deliveriesByState,
    deliveriesByPerson,

    /** Takes a change from disk. Throws when this version cannot have written it. */
    load([table, key, row]: Change): void {
      const target = Object.hasOwn(named, table) ? named[table] : undefined
      if (!target) throw new StoreError(`unknown table ${table}`)
      target.load(key, row)
      if (table === 'deliveries') lastOrder = Math.max(lastOrder, deliveries.get(key)?.order ?? 0)
    },

    /** The place of a new delivery behind all others. */
    nextOrder: (): number => ++lastOrder,

    /** What the running transaction has changed so far. */
    changes: (): Change[] => [...log.changes.values()],

    /** Ends a transaction that succeeded: what it changed, each row once. */
    commit(): Change[] {
      const changes = [...log.changes.values()]
      log.undo = []
      log.changes.clear()
      return changes
    },

    /** Ends a transaction that failed: everything is as it was. */
    rollback(): void {
      for (const undo of log.undo.reverse()) undo()
      log.undo = []
      log.changes.clear()
    },

    /** Every row as it is now, to be written while transactions go on. */
    copy: (): Iterable<Change> => oneByOne(Object.values(named).map((table) => table.copy())),
  }
}

function* oneByOne(copies: Iterable<Change>[]): Generator<Change> {
  for (const copy of copies) yield* copy
}

/** The filings of one street or town in one status: what an office has before it. */
export const deskOf = (place: string, status: string): string => `${authorityOf(place)}:${status}`
