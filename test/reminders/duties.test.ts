import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Duties, dutiesOf } from '../../src/reminders/duties.ts'
import { pack } from './world.ts'

const raw = (): { duties: Record<string, unknown>[] } =>
  parse(readFileSync('templates/liubei/duties.yaml', 'utf8'))

/** How many numbered duties each unit of 附件5 has; a task with several counts each. */
const rows: Record<string, number> = { 一: 10, 二: 1, 三: 1, 四: 5, 五: 9, 六: 3, 七: 4, 八: 3 }

describe('the duties of Liubei', () => {
  test('hold every row of 附件5 once', () => {
    const clauses = pack.duties.duties.flatMap(({ clause }) => /^附件5(.)/.exec(clause)?.[1] ?? [])
    for (const [unit, count] of Object.entries(rows))
      expect([unit, clauses.filter((one) => one === unit).length]).toEqual([unit, count])
    const all = pack.duties.duties.map(({ clause }) => clause).filter((clause) => clause.startsWith('附件5'))
    expect(new Set(all).size).toBe(all.length)
  })

  test('ask for a brand in the key streets only (附件5五6, 六3), and for more there where they say so', () => {
    const wanted = pack.duties.duties.flatMap(({ clause, quantities }) =>
      quantities.flatMap(({ key, least }) => (key ? [`${clause} ${least} ${key.least}`] : [])),
    )
    expect(wanted).toEqual(['附件5五6 0 1', '附件5六2 1 3', '附件5六3 0 1', '附件5七2 1 3', '附件5八2 1 3'])
  })

  test('are on only where they recur', () => {
    expect(dutiesOf(pack.duties, '2026-11-23', 'once', 'window')).toEqual([])
    const on = pack.duties.duties.filter(({ on }) => on).map(({ when }) => when.type)
    expect(new Set(on)).toEqual(
      new Set(['monthlyBefore', 'monthEnd', 'monthly', 'quarterly', 'yearly', 'validity', 'lying']),
    )
  })

  test('mark what concerns registered organizations only', () => {
    const registered = pack.duties.duties
      .filter(({ registration }) => registration)
      .map(({ clause }) => clause)
    expect(registered).toEqual(['附件5一2(2)', '附件5一2(3)', '附件5一2(4)', '附件5四1(1)', '附件5四1(3)'])
  })

  test('an ambiguous date cannot be switched on before somebody decided how it is read', () => {
    const data = raw()
    const duty = data.duties.find(({ id }) => id === 'federation')!
    Object.assign(duty, { on: true })
    expect(Duties.safeParse(data).success).toBe(false)
    Object.assign(duty, { when: { ...(duty['when'] as object), reading: 'wide' } })
    expect(Duties.safeParse(data).success).toBe(true)
  })

  test('two duties never share an id', () => {
    const data = raw()
    data.duties.push(data.duties[0]!)
    expect(Duties.safeParse(data).success).toBe(false)
  })
})
