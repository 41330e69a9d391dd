import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { month } from '../../src/forms/field-types/month.ts'
import { period } from '../../src/forms/field-types/period.ts'
import { column, context, idOf, told, types } from './liubei.ts'

const asked = column('principalCareer', 'period')
const readMonth = (text: string): string => {
  const reading = month.read(text, asked, context())
  return reading.type === 'clear' || reading.type === 'doubtful'
    ? `${reading.type} ${reading.value}`
    : reading.type
}
const readPeriod = (text: string): string => told(types.period.read(text, asked, context()), asked)

describe('a month', () => {
  test.each([
    ['1961年3月', 'clear 1961-03'],
    ['61年3月', 'clear 1961-03'],
    ['61年03月', 'clear 1961-03'],
    ['１９６１年３月', 'clear 1961-03'],
    ['1961.3', 'clear 1961-03'],
    ['61.3', 'clear 1961-03'],
    ['1961-03', 'clear 1961-03'],
    ['1961/3', 'clear 1961-03'],
    ['196103', 'clear 1961-03'],
    ['19610312', 'clear 1961-03'],
    ['1961 3', 'clear 1961-03'],
    ['1961年3月12日', 'clear 1961-03'],
    ['1961.3.12', 'clear 1961-03'],
    ['一九六一年三月', 'clear 1961-03'],
    ['六一年三月份', 'clear 1961-03'],
    ['五八年十二月', 'clear 1958-12'],
    ['58年3月12', 'clear 1958-03'],
    ['二〇一五年六月', 'clear 2015-06'],
    ['两千零三年九月', 'clear 2003-09'],
    ['两千年元月', 'clear 2000-01'],
    ['15年6月', 'clear 2015-06'],
    ['今年3月', 'clear 2026-03'],
    ['去年十月', 'clear 2025-10'],
    ['前年6月', 'clear 2024-06'],
    ['大前年6月', 'clear 2023-06'],
    ['上个月', 'clear 2026-10'],
    ['这个月', 'clear 2026-11'],
    ['我是61年3月生的', 'clear 1961-03'],
    ['公历1961年3月', 'clear 1961-03'],
    ['26年3月', 'doubtful 2026-03'],
    ['26年12月', 'doubtful 1926-12'],
    ['2015年底', 'doubtful 2015-12'],
    ['1999年初', 'doubtful 1999-01'],
    ['05.6', 'doubtful 2005-06'],
    ['去年腊月', 'impossible'],
    ['农历三月', 'impossible'],
    ['61年正月', 'impossible'],
    ['2015年春天', 'impossible'],
    ['1961年', 'impossible'],
    ['3月', 'impossible'],
    ['1961年13月', 'impossible'],
    ['明年3月', 'impossible'],
    ['2026年12月', 'impossible'],
    ['2030年1月', 'impossible'],
    ['下个月', 'impossible'],
    ['60年代', 'impossible'],
    ['1861年3月', 'impossible'],
    ['不记得了', 'unlike'],
    ['哪年？', 'unlike'],
    ['跳舞', 'unlike'],
  ])('「%s」 → %s', (text, expected) => {
    expect(readMonth(text)).toBe(expected)
  })
})

describe('a period of a career', () => {
  test.each([
    ['1980年9月至2015年6月', 'clear 1980年9月至2015年6月'],
    ['1980年9月到2015年6月', 'clear 1980年9月至2015年6月'],
    ['从1980年9月到2015年6月', 'clear 1980年9月至2015年6月'],
    ['1980年9月-2015年6月', 'clear 1980年9月至2015年6月'],
    ['1980.9-2015.6', 'clear 1980年9月至2015年6月'],
    ['1980.09—2015.06', 'clear 1980年9月至2015年6月'],
    ['1980.9－2015.6', 'clear 1980年9月至2015年6月'],
    ['1980/9~2015/6', 'clear 1980年9月至2015年6月'],
    ['1980-9至2015-6', 'clear 1980年9月至2015年6月'],
    ['1980-09-2015-06', 'clear 1980年9月至2015年6月'],
    ['198009-201506', 'clear 1980年9月至2015年6月'],
    ['80年9月到15年6月', 'clear 1980年9月至2015年6月'],
    ['八零年九月到二零一五年六月', 'clear 1980年9月至2015年6月'],
    ['1980年9月 2015年6月', 'clear 1980年9月至2015年6月'],
    ['1980年9月1日至2015年6月30日', 'clear 1980年9月至2015年6月'],
    ['2015年6月至今', 'clear 2015年6月至今'],
    ['2015年6月到现在', 'clear 2015年6月至今'],
    ['2015年6月一直到现在', 'clear 2015年6月至今'],
    ['2015.6-今', 'clear 2015年6月至今'],
    ['前年6月到现在', 'clear 2024年6月至今'],
    ['2015年6月到8月', 'clear 2015年6月至2015年8月'],
    ['80年到95年', 'clear 1980年至1995年'],
    ['1980年至1995年', 'clear 1980年至1995年'],
    ['1980-1995', 'clear 1980年至1995年'],
    ['80-95', 'clear 1980年至1995年'],
    ['1980年到现在', 'clear 1980年至今'],
    ['1980年到2015年6月', 'clear 1980年至2015年6月'],
    ['1980年9月到2015年6月在柳钢当工人', 'clear 1980年9月至2015年6月'],
    ['2015年6月开始', 'doubtful 2015年6月至今'],
    ['2015年6月起', 'doubtful 2015年6月至今'],
    ['1980年初到2015年6月', 'doubtful 1980年1月至2015年6月'],
  ])('「%s」 → %s', (text, expected) => {
    expect(readPeriod(text)).toBe(expected)
  })

  test.each([
    ['2015年6月至1980年9月', /比结束还晚/],
    ['95年到80年', /比结束还晚/],
    ['退休到现在', /哪年哪月/],
    ['1980年9月到退休', /退休是哪年哪月/],
    ['1980年9月', /至今/],
    ['到2015年6月', /从哪年哪月开始/],
    ['1980年9月到明年6月', /还没到/],
    ['1980年9月到去年腊月', /公历/],
    ['80年代到95年', /哪一年/],
    ['干了三十年', /从哪年哪月到哪年哪月/],
    ['1980年9月到1990年6月，1990年7月到今天', /一段/],
    ['3月到6月', /哪一年/],
  ])('「%s」 is refused with the reason', (text, reason) => {
    const reading = period.read(text, asked, context())
    expect(reading).toMatchObject({ type: 'impossible', because: expect.stringMatching(reason) })
  })

  test.each([
    ['1961年3月至1970年2月', 'doubtful 1961年3月至1970年2月'],
    ['1964年至1970年', 'clear 1964年至1970年'],
    ['1957年至1970年', 'impossible 那时还没有出生，请再核对'],
  ])('「%s」 of somebody born in March 1958 → %s', (text, expected) => {
    const born = context({ principalIdNumber: idOf('1958-03-12') })
    expect(told(types.period.read(text, asked, born), asked)).toBe(expected)
  })

  const monthText = fc
    .tuple(fc.integer({ min: 1900, max: 2025 }), fc.integer({ min: 1, max: 12 }))
    .map(([year, number]) => `${year}-${String(number).padStart(2, '0')}`)
  const point = fc.oneof(monthText, fc.integer({ min: 1900, max: 2025 }).map(String))

  test('is read again as it is printed', () => {
    const value = fc
      .tuple(point, fc.oneof(point, fc.constant('now')))
      .map(([from, to]) => (to !== 'now' && to < from ? { from: to, to: from } : { from, to }))
      // 1980 to 1980-05 sorts by its year only.
      .filter(({ from, to }) => to === 'now' || from.slice(0, 4) <= to.slice(0, 4))
    fc.assert(
      fc.property(value, (value) => {
        expect(period.read(period.print(value, asked)['']!, asked, context())).toEqual({
          type: 'clear',
          value,
        })
      }),
    )
  })

  test('a month is read again as it is printed', () => {
    fc.assert(
      fc.property(monthText, (value) => {
        expect(month.read(month.print(value, asked)['']!, asked, context())).toEqual({ type: 'clear', value })
      }),
    )
  })
})
