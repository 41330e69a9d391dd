import { isDeepStrictEqual } from 'node:util'
import { valueOf, type Answers, type Rows } from '../forms/answers.ts'

/**
 * The record after a change, its roster following the leader: whoever leads now stands in it with the leader's
 * position, and whoever led before no longer does. What he is instead nobody was asked, so that is left empty. A new
 * phone of the same leader replaces the old one.
 */
export function withLeaderInRoster(before: Answers, after: Answers): Answers {
  const { principalName: leader, roster } = after
  const was = leaderIn(before)
  const is = leaderIn(after)
  const list = valueOf(after, 'roster') as Rows | undefined
  if (!leader || !roster || !list || isDeepStrictEqual(was, is)) return after
  const namesakes = list.rows.filter(({ name }) => name === is.name)
  const own = namesakes.length === 1 ? namesakes[0] : namesakes.find(({ phone }) => phone === is.phone)
  const rows = list.rows.map((row) => {
    if (row === own) {
      const phone = is.name === was.name && row['phone'] === was.phone ? is.phone : row['phone']
      const position = is.position ?? row['position']
      return {
        ...row,
        ...(phone === undefined ? {} : { phone }),
        ...(position === undefined ? {} : { position }),
      }
    }
    const { position, ...rest } = row
    return row['name'] === was.name && position === was.position ? rest : row
  })
  return { ...after, roster: { ...roster, value: { ...list, rows }, by: leader.by, at: leader.at } as never }
}

const leaderIn = (answers: Answers) => ({
  name: valueOf(answers, 'principalName'),
  position: valueOf(answers, 'principalPosition'),
  phone: valueOf(answers, 'principalPhone'),
})
