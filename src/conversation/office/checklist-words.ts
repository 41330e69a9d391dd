import { dayOf, type Day } from '../../clock.ts'
import { periodInWords, short } from './list-words.ts'
import type { Duty } from '../../reminders/duties.ts'
import type { Reached, RowState } from '../../reminders/checklist.ts'

export const STATES: Record<RowState, string> = {
  open: '没开始',
  underway: '在做',
  done: '已完成',
  notApplicable: '不适用',
}

/** The words of a state, the usual one first. */
export const stateWords: readonly [RowState, RegExp][] = [
  ['done', /^(?:已完成|完成了?|已办好|办好了?|做完了?)/],
  ['underway', /^(?:正在做|在做|做着|进行中)/],
  ['open', /^(?:没开始|未开始|还没开始|没做)/],
  ['notApplicable', /^(?:不适用|不涉及)/],
]

/** 专家库成员（人）: what is counted, and in which unit. */
function measureOf(of: string): { name: string; unit: string } {
  const [, name = of, unit = '个'] = /^(.*)（(.{1,2})）$/.exec(of) ?? []
  return { name, unit }
}

export const unitOf = (of: string): string => measureOf(of).unit

type Range = { least: number; most?: number | undefined }

const range = ({ least, most }: Range, unit: string): string =>
  `${most === undefined ? least : `${least}—${most}`}${unit}`

function wanted({ of, key, ...others }: Duty['quantities'][number]): string {
  const { name, unit } = measureOf(of)
  const all = others.least === 0 ? '不作要求' : range(others, unit)
  return key ? `${name}重点街道${range(key, unit)}、其他${all}` : `${name}${all}`
}

function monthly({ day, following, proposal }: Extract<Duty['when'], { type: 'monthly' }>): string {
  if (day === undefined) return '期限：每月（哪一天文件没写，等区民政局定）'
  const on = `${following ? '次月' : '每月'}${day}日`
  return proposal ? `期限：每月（哪一天文件没写，先按${on}提醒，等区民政局定）` : `期限：${on}`
}

/** Every sentence of the list of responsibilities. */
export const checklistWords = {
  state: (state: RowState | undefined): string => (state === undefined ? '没报' : STATES[state]),
  title: (where: string, day: string) => `责任清单（${where}，${day}）：`,
  history: '2022年的期限已经过去，只作记录，不算逾期。',
  how: '看或记一条，回复“责任清单 1”；记的时候写清楚，例如“责任清单 1 已完成 12人 名单已发文”，也可以说“在做”“没开始”“不适用”。',
  exportHint: '要表格回复“责任清单 导出”。',
  ours: '我们自己的：',
  below: (unit: string) => `${unit}：`,
  registration: '登记管理的事，备案组织不涉及',
  row: (title: string, clause: string, standing: string) => `${title}（${clause}）：${standing}`,
  /** Of organizations the units are counted in `standing`. */
  sum: (title: string, clause: string, units: number | undefined, standing: string) =>
    `${title}（${clause}）${units === undefined ? '' : `，${units}个`}：${standing}`,
  period: periodInWords,
  share: (done: number, all: number) => `${all}家里${done}家做到了`,
  have: ({ of, least, most, have, isCounted }: Reached): string => {
    if (have === undefined) return ''
    const { name, unit } = measureOf(of)
    const missing = have < least ? `，还差${least - have}${unit}` : ''
    const over = most !== undefined && have > most ? `，多于${most}${unit}` : ''
    return `${name}${have}${unit}${isCounted ? '（按备案记录）' : ''}${missing}${over}`
  },
  wants: ({ quantities }: Duty, knowsKey: boolean): string => {
    if (quantities.length === 0) return ''
    const open = !knowsKey && quantities.some(({ key }) => key !== undefined)
    return `要求：${quantities.map(wanted).join('、')}${open ? '（哪些是重点街道，等区民政局定）' : ''}`
  },
  said: (who: string, at: string) => `${who}${short(dayOf(new Date(at)))}记的`,
  deadline: ({ when }: Duty, today: Day): string => {
    switch (when.type) {
      case 'once': {
        const doubt =
          when.reading === undefined
            ? `（是${short(when.strict)}还是${short(when.wide)}，等区民政局定）`
            : `（按${short(when[when.reading])}）`
        return `期限：${when.printed}${doubt}${when.wide < today ? '，已经过去，只作记录' : ''}`
      }
      case 'window':
        return `期限：${when.printed}${when.to < today ? '，已经过去，只作记录' : ''}`
      case 'monthlyBefore':
        return `期限：每月${when.day}日前`
      case 'monthEnd':
        return '期限：每月底'
      case 'monthly':
        return monthly(when)
      case 'quarterly':
        return '期限：每季度'
      case 'yearly':
        return '期限：每年'
      case 'validity':
      case 'lying':
        return ''
    }
  },
  counts: (count: Record<RowState | 'none', number>): string =>
    [
      `已完成${count.done}`,
      `在做${count.underway}`,
      ...(count.open > 0 ? [`没开始${count.open}`] : []),
      ...(count.notApplicable > 0 ? [`不适用${count.notApplicable}`] : []),
      `没报${count.none}`,
    ].join('、'),
  unit: (name: string, standing: string) => `${name}：${standing}`,
  detailTitle: (title: string, clause: string) => `${title}（${clause}）`,
  detailHow: '要记就回复“责任清单”加数字和情况，例如“责任清单 1 在做 场地在装修”。',
  noSuch: (number: number) => `清单里没有第${number}条。请先回复“责任清单”，翻到那一页再说。`,
  noteHow: (number: number) =>
    `要记，回复“责任清单 ${number}”加情况，例如“责任清单 ${number} 已完成 1个 名单已发文”，也可以说“在做”“没开始”“不适用”。`,
  noSuchState: (number: number) =>
    `请写清楚做得怎么样：已完成、在做、没开始、不适用。例如“责任清单 ${number} 已完成 12人 名单已发文”。`,
  personal: '说明里请不要写身份证号、电话、住址。',
  tooLong: (most: number) => `说明请写短一点，最多${most}个字。`,
  noNote: '这一条是登记管理的事，备案组织不涉及，不用在这里记。',
  computed: '这一条按记录自动算，不用记。',
  noted: (what: string, standing: string) => `记下了：${what}，${standing}。`,
  nobody: '您还没有负责的单位（无权）。要开通请找区民政局。',
  fileName: (day: Day) => `责任清单${day}.xlsx`,
  fileReady: '责任清单在下面。打开的时候再算一遍，是最新的。',
} as const
