import { inChinese } from '../../clock.ts'
import { valueOf, type Answers } from '../../forms/answers.ts'
import { clean } from '../../forms/said.ts'
import { isStreetLevel, type Place } from '../places.ts'
import { readDay } from './day.ts'
import { charterRecord, splitItems } from './record.ts'

/** Where a blank of the model gets its text: a question of the charter form, or of the filing form. */
type Source = { field: string; label: string; article: number }

/** Blanks that hold one text, by their names in `charter.yaml`, with the question to ask when they are empty. */
export const SINGLE = {
  组织名称: { field: 'organizationName', label: '备案社区社会组织名称', article: 1 },
  简称: { field: 'shortName', label: '简称', article: 1 },
  举办人: { field: 'founders', label: '举办人', article: 1 },
  活动范围: { field: 'activityArea', label: '活动地域', article: 1 },
  类别: { field: 'category', label: '章程里的类别', article: 1 },
  主要活动: { field: 'purposeActivities', label: '宗旨里的主要活动', article: 2 },
  地域: { field: 'activityArea', label: '活动地域', article: 2 },
  党组织: { field: 'partyOrganization', label: '党组织', article: 3 },
  备案机关: { field: 'activityArea', label: '活动地域', article: 4 },
  '居（村）委会': { field: 'activityArea', label: '活动地域', article: 4 },
  成员范围: { field: 'activityArea', label: '活动地域', article: 6 },
  审核人: { field: 'admission', label: '加入由谁审核', article: 7 },
  每年会议次数: { field: 'meetingsPerYear', label: '每年开会次数', article: 12 },
  负责人职务: { field: 'leaderTitles', label: '负责人职务', article: 13 },
  负责人或负责人会议: { field: 'leaderBody', label: '负责人或负责人会议', article: 14 },
  清算指导单位: { field: 'activityArea', label: '活动地域', article: 17 },
  通过日期: { field: 'adoptedOn', label: '章程通过日期', article: 18 },
} satisfies Record<string, Source>
export type Single = keyof typeof SINGLE

/** Blanks that hold any number of items. Only 业务范围 must have one. */
export const LISTS = {
  业务范围: { field: 'activities', label: '业务范围各项', article: 5 },
  其他加入条件: { field: 'extraConditions', label: '其他加入条件', article: 6 },
  其他加入程序: { field: 'extraProcedure', label: '其他加入程序', article: 7 },
  其他权利: { field: 'extraRights', label: '其他成员权利', article: 8 },
  其他义务: { field: 'extraDuties', label: '其他成员义务', article: 9 },
  其他退出情形: { field: 'extraWithdrawal', label: '其他退出情形', article: 10 },
  其他负责人条件: { field: 'extraLeaderConditions', label: '其他负责人条件', article: 13 },
} satisfies Record<string, Source>
export type List = keyof typeof LISTS

export const CATEGORIES = ['公益慈善', '生活服务', '社区事务', '文体活动']

/** Texts of the blanks; empty where nothing fit to print is known. */
export type Blanks = {
  single: Record<Single, string>
  lists: Record<List, string[]>
  /** Whether fees are collected; undefined while nobody said. */
  fee: boolean | undefined
}

/** Fills what can be filled from the charter's own answers, the filing's answers and the place. */
export function charterBlanks(answers: Answers, filing: Answers, place: Place): Blanks {
  const record = charterRecord(filing)
  const said = (field: string): string => {
    const value = valueOf(answers, field)
    return typeof value === 'string' ? inline(value) : ''
  }
  const items = (field: string): string[] => {
    const value = valueOf(answers, field)
    return typeof value === 'string' ? splitItems(value) : []
  }
  const extra = (field: string): string[] => (valueOf(answers, 'addsOwnRules') === 'yes' ? items(field) : [])
  const oneOf = (field: string, words: string[]): string => (words.includes(said(field)) ? said(field) : '')
  const activities = items('activities')
  const fee = valueOf(answers, 'collectsFee')
  return {
    single: {
      ...placeBlanks(place),
      组织名称: record.name ?? '',
      简称: said('shortName'),
      举办人: said('founders').replace(/(?:自愿)?举办$/u, ''),
      类别: oneOf('category', CATEGORIES),
      // The model goes on with 活动.
      主要活动: said('purposeActivities').replace(/^开展(?=.)|活动$/gu, ''),
      党组织: said('partyOrganization'),
      审核人: oneOf('admission', ['负责人', '负责人集体讨论']),
      每年会议次数: times(valueOf(answers, 'meetingsPerYear')),
      负责人职务: said('leaderTitles').replace(/[,，;；\s]+/gu, '、'),
      负责人或负责人会议: oneOf('leaderBody', ['负责人', '负责人会议']),
      通过日期: adopted(valueOf(answers, 'adoptedOn')),
    },
    lists: {
      业务范围: activities.length > 0 ? activities : record.scope,
      其他加入条件: extra('extraConditions'),
      其他加入程序: extra('extraProcedure'),
      其他权利: extra('extraRights'),
      其他义务: extra('extraDuties'),
      其他退出情形: extra('extraWithdrawal'),
      其他负责人条件: extra('extraLeaderConditions'),
    },
    fee: fee === 'yes' ? true : fee === 'no' ? false : undefined,
  }
}

/** The words that go with the kind of place (domain notes K5); a whole street or town has no community. */
function placeBlanks(place: Place) {
  const level = { community: '社区', village: '村', street: '街道', town: '镇' }[place.kind]
  const units = place.kind === 'village' ? '驻村单位及其人员' : '驻区单位及其人员'
  const residents = isStreetLevel(place) ? [place.street.name] : [place.street.name, place.name]
  return {
    活动范围: level,
    地域: residents.join('、'),
    备案机关: place.authority,
    '居（村）委会': place.committee ?? '',
    成员范围: [...residents.map((name) => `${name}居民`), units].join('、'),
    清算指导单位: [place.authority, ...(place.committee === undefined ? [] : [place.committee])].join('、'),
  }
}

const times = (value: unknown): string =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? String(value) : ''

const adopted = (value: unknown): string => {
  const day = typeof value === 'string' ? readDay(value) : undefined
  return day === undefined ? '' : inChinese(day)
}

/** Within a sentence: one line, no stop inside or at the ends. */
const inline = (text: string): string =>
  clean(text)
    .replace(/^[\s，,。.；;：:、]+|[\s，,。.；;：:、]+$/gu, '')
    .replace(/[。；;\n]+/gu, '、')
