import { dateText } from '../../forms/dates.ts'
import type { Rule } from './computed.ts'

/** 实施方案四: the stages with their first and last month; June 2023 lies in two. */
const STAGES = [
  { name: '方案制定阶段', from: '2022-08', to: '2022-09', source: '实施方案四(一)', article: 'step-plan' },
  { name: '培育发展阶段', from: '2022-10', to: '2022-12', source: '实施方案四(二)', article: 'step-grow' },
  { name: '能力提升阶段', from: '2023-01', to: '2023-03', source: '实施方案四(三)', article: 'step-ability' },
  { name: '作用发挥阶段', from: '2023-04', to: '2023-06', source: '实施方案四(四)', article: 'step-role' },
  { name: '总结阶段', from: '2023-06', to: '2023-12', source: '实施方案四(五)', article: 'step-summary' },
] as const

const MONTH = /(?<!\d)(?:20)?(2\d)年(\d{1,2})月/g

const shown = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

/** 23年5月处在哪个阶段. Only where one month is named; two are a stage told by its ends. */
export const stage: Rule = (question) => {
  if (!question.includes('阶段')) return undefined
  const months = [...dateText(question).replace(/\s/g, '').matchAll(MONTH)]
  const [, year, number] = months[0] ?? []
  if (months.length !== 1 || year === undefined || number === undefined) return undefined
  const month = `20${year}-${number.padStart(2, '0')}`
  const within = STAGES.filter(({ from, to }) => from <= month && month <= to)
  if (within.length === 0) {
    return {
      text: `${shown(month)}不在方案的五个阶段里。方案从2022年8月排到2023年12月，时间已经过去。`,
      sources: ['实施方案四'],
      article: 'steps',
      covers: STAGES.map(({ article }) => article),
    }
  }
  return {
    text: [
      ...within.map(({ name, from, to }) => `${shown(month)}在${name}（${shown(from)}—${shown(to)}）。`),
      ...(within.length > 1 ? ['两个阶段在这个月重叠，文件就是这样写的。'] : []),
      '时间已经过去。',
    ].join('\n'),
    sources: within.map(({ source }) => source),
    article: within[0]?.article ?? 'steps',
    covers: ['steps', ...STAGES.map(({ article }) => article)],
  }
}
