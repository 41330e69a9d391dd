import { dayOf } from '../../clock.ts'
import { staffName } from '../../directory/scope.ts'
import type { Row } from '../../reminders/checklist.ts'
import type { Facts } from '../turn.ts'
import { checklistWords as words } from './checklist-words.ts'
import { conditions, numbersOf, placeName, sumOf } from './checklist.ts'

export const UNIT_COLUMNS = [
  { title: '条款', width: 14 },
  { title: '责任单位', width: 18 },
  { title: '地方', width: 16 },
  { title: '任务', width: 26 },
  { title: '要求和期限', width: 30 },
  { title: '情况', width: 12 },
  { title: '数量', width: 20 },
  { title: '说明', width: 24 },
  { title: '谁记的', width: 10 },
  { title: '哪天记的', width: 12 },
]

/** One line for each row of each unit. */
export const unitLines = (rows: readonly Row[], facts: Pick<Facts, 'staff' | 'pack' | 'today'>): string[][] =>
  rows.map((row) => {
    const { duty, place, state, said } = row
    return [
      duty.clause,
      duty.unit,
      placeName(facts, place),
      duty.title,
      conditions(row, facts).join('；'),
      duty.registration ? words.registration : words.state(state),
      numbersOf(row).join('、'),
      said?.evidence ?? '',
      said ? staffName(facts.staff, said.by) : '',
      said ? dayOf(new Date(said.at)) : '',
    ]
  })

export const SUM_COLUMNS = [
  { title: '条款', width: 14 },
  { title: '责任单位', width: 30 },
  { title: '任务', width: 36 },
  { title: '单位数', width: 10 },
  { title: '情况', width: 40 },
  { title: '谁没报', width: 50 },
]

/** One line for each row: how many units are how far, and which have said nothing. */
export function sumLines(rows: readonly Row[], facts: Pick<Facts, 'pack'>): string[][] {
  return [...new Set(rows.map(({ duty }) => duty))].map((duty) => {
    const those = rows.filter((row) => row.duty === duty)
    const silent = those.filter(({ state }) => state === undefined && !duty.registration)
    const names = silent.map(({ place }) => placeName(facts, place)).join('、')
    return [duty.clause, duty.unit, duty.title, String(those.length), sumOf(those), names]
  })
}
