import { valueOf, type Answers, type Rows } from '../forms/answers.ts'

/** The answer of an old ledger that the form derives from the roster. */
export const MEMBER_COUNT = 'memberCount'

/** How many members are on record: as many as stand in the roster; of the old ledger what it said. */
export function membersOnRecord(answers: Answers): number | undefined {
  const roster = valueOf(answers, 'roster') as Rows | undefined
  const old = valueOf(answers, MEMBER_COUNT)
  if (Array.isArray(roster?.rows)) return roster.rows.length
  return typeof old === 'number' ? old : undefined
}
