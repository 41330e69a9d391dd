import { dayOf, inChinese } from '../../clock.ts'

/** 2026年第四季度 */
const inWords = (quarter: string): string =>
  `${quarter.slice(0, 4)}年第${'一二三四'[Number(quarter.at(-1)) - 1]}季度`

const onDay = (at: string): string => inChinese(dayOf(new Date(at))).slice(5)

/** Every sentence about the quarterly inspection. */
export const inspectionWords = {
  summary: (quarter: string, visited: number, open: number) =>
    `${inWords(quarter)}巡检：已看${visited}家${open > 0 ? `，以前查出还没整改好的${open}家` : ''}。`,
  street: (name: string, visited: number, all: number, open: number) =>
    `${name}：已看${visited}家，共${all}家${open > 0 ? `，待整改${open}家` : ''}`,
  choose: '看一个地方回复“巡检 解放街道”或“巡检 明珠社区”，再记结果。',
  place: (name: string, quarter: string, visited: number, all: number) =>
    `${name}${inWords(quarter)}巡检：共${all}家，已看${visited}家。`,
  fine: (at: string, note: string | undefined) => `已看（${onDay(at)}）：情况正常${note ? `，${note}` : ''}`,
  mend: (at: string, text: string) => `已看（${onDay(at)}）：需整改，${text}`,
  waiting: '还没看',
  followUp: (quarter: string, text: string) => `${inWords(quarter)}需整改：${text}，请看改好没有`,
  how: '看完一家记一家，例如“巡检 1 情况正常”“巡检 2 需整改：消防通道堵了”。',
  more: (count: number) => `……还有${count}家。`,
  empty: (name: string) => `${name}没有备案的组织。`,
  whichPlace: (name: string) =>
    `叫“${name}”的地方不止一个。请把街道（镇）和社区（村）写全，例如“巡检 解放街道”。`,
  unknown: (which: string) => `没有“${which}”这一家。先回复“巡检 解放街道”看名单，再记结果。`,
  resultHow: (which: string) =>
    `结果怎么样？请回复“巡检 ${which} 情况正常”，或者写明要整改什么，例如“巡检 ${which} 需整改：消防通道堵了”。`,
  mendWhat: (which: string) => `请写明要整改什么，例如“巡检 ${which} 需整改：消防通道堵了”。`,
  tooLong: (most: number) => `太长了，请写短一点，最多${most}个字。`,
  personal: '请不要写电话、身份证号和家庭住址。',
  noted: (name: string, said: string, again: boolean) =>
    `记下了：${name}，${said}。${again ? '这个季度以前记的换成新的。' : ''}`,
  saidFine: (note: string) => `情况正常${note === '' ? '' : `，${note}`}`,
  saidMend: (text: string) => `需整改：${text}。社区和街道会收到通知，下个季度会再提`,
  fulfilled: (quarter: string, stillOpen: number) =>
    `${inWords(quarter)}的实地检查算做过了，不再提醒。${stillOpen > 0 ? `以前要整改的还有${stillOpen}家没看，回复“巡检”看在哪里。` : ''}`,
} as const
