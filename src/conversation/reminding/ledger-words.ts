import { dayOf, inChinese, timeOf, type Day } from '../../clock.ts'

/** 11月30日 */
const short = (day: Day): string => inChinese(day).slice(5)

const time = (at: string): string => `${short(dayOf(new Date(at)))}${timeOf(new Date(at))}`

/** 2026年11月 */
const inWords = (month: string): string => inChinese(`${month}-01`).replace(/1日$/, '')

const lines = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join('\n')

/** So much of a fingerprint is told aloud; the whole stands in the file. */
const TOLD = 12

/** Every sentence about the monthly ledger. */
export const ledgerWords = {
  fileName: (place: string, month: string, state: 'closed' | 'draft') =>
    `${place}${inWords(month)}备案台账${state === 'draft' ? '（草稿）' : ''}.xlsx`,
  closed: (place: string, month: string, totals: string, fingerprint: string) =>
    lines(
      `收到，${place}${inWords(month)}台账已报送，区民政局看得到。`,
      totals,
      `这一份已经封存，校验码${fingerprint.slice(0, TOLD)}。以后有改动，会写进下一个月的“更正”。`,
    ),
  closedBefore: (place: string, month: string, name: string, at: string) =>
    `${place}${inWords(month)}台账${time(at)}已经由${name}报送，没有再报一次。要看回复“台账 ${month}”。`,
  alreadyClosed: (month: string, at: string) =>
    `${inWords(month)}台账${time(at)}已经报送，没有再报一次。要看回复“台账 ${month}”。`,
  notOpen: (month: string, opens: Day) => `${inWords(month)}台账${short(opens)}起可以报送，现在还早。`,
  changed: (month: string, totals: string) =>
    lines(`${inWords(month)}不是无变化，没有报送。`, totals, '看过草稿没有问题，回复“确认报送”。'),
  which: (items: readonly string[]) =>
    lines('报哪一份？', ...items.map((item, index) => `${index + 1}. ${item}`), '回复前面的数字。'),
  item: (place: string, month: string) => `${place}${inWords(month)}台账`,
  noDuty: '现在没有要报的台账。',
  notYours: '台账由街道（镇）经办人报送。',
  closingNoted: (place: string, month: string) => `报送${place}${inWords(month)}台账`,
  draftNoted: (place: string, month: string) => `提醒时附上${place}${inWords(month)}台账草稿`,
  taken: (month: string) => `查看${inWords(month)}台账`,
  due: (place: string, month: string, last: Day) =>
    `${place}${inWords(month)}台账还没有报送，最晚${short(last)}报区民政局。看草稿回复“台账 ${Number(month.slice(5))}月”；没有问题回复“确认报送”，这个月没有变动回复“无变化”。`,
  reported: (place: string, month: string, at: string) => `${place}${inWords(month)}台账${time(at)}已报送。`,
  closedFile: (place: string, month: string) => `${place}${inWords(month)}台账，报送时的原样在下面：`,
  draftFile: (place: string, month: string) =>
    `${place}${inWords(month)}台账没有报送。下面是按现有记录做的草稿：`,
  districtFile: (month: string, reported: number, all: number) =>
    reported === 0
      ? `${inWords(month)}台账还没有一个街道（镇）报送。名单在下面：`
      : `${inWords(month)}台账报了${reported}个，没报${all - reported}个。报了的都在下面：`,
  phonesOfOne: '带电话的台账一次看一个街道（镇），请写上名字，例如“台账 解放街道 10月 带电话 核对联系人”。',
  phonesWhatFor: (street: string, month: string) =>
    `看完整电话要写明用途，会记录下来。请回复“台账 ${street} ${Number(month.slice(5))}月 带电话 用途”。`,
  phonesFile: (street: string, month: string) =>
    `${street}${inWords(month)}台账，带完整电话，在下面。已经记下是您看的和用途，请不要转发。`,
  phonesName: (name: string) => name.replace(/\.xlsx$/, '（带电话）.xlsx'),
  phonesNote: '带完整电话，按现在的记录。校验码是电话打了码的那一份的。',
  phonesTaken: (street: string, month: string, reason: string) =>
    `查看${street}${inWords(month)}台账的完整电话：${reason}`,
  future: (month: string) => `${inWords(month)}还没有到。`,
  // 区民政局的汇总
  rollUp: (month: string, last: Day, reported: number, missing: number) =>
    `${inWords(month)}台账（最晚${short(last)}）：报了${reported}个，没报${missing}个。`,
  reportedAt: (at: string) => `${time(at)}已报`,
  saidDone: (who: string) => `没在这里报，${who}说已办好`,
  notReported: '没报',
  street: (name: string, how: string, filed: number, expired: number) =>
    `${name}：${how}，备案${filed}家${expired > 0 ? `（已过期${expired}家）` : ''}`,
  missing: (names: readonly string[]) => (names.length > 0 ? `没报的：${names.join('、')}。` : ''),
  all: (filed: number, expired: number) =>
    `全区已备案${filed}家${expired > 0 ? `，其中已过期${expired}家` : ''}。`,
  more: (month: string, street: string) =>
    `看一个街道回复“台账 ${street}”，看报上来的回复“台账 ${Number(month.slice(5))}月”，全部带走回复“台账 导出”。`,
} as const
