import type { Day } from '../../clock.ts'
import { tidy } from '../tidy.ts'
import { COMING_DAY, comingDay } from './coming-day.ts'
import type { ReminderWord } from './reminders.ts'

// How people answer a reminder who do not use the words it names. Some of it means other things elsewhere, so it
// only counts from somebody who was reminded lately and is asked nothing else.

const any = (...words: string[]): string => `(?:${words.join('|')})`

const WE = any('我们队', '我们', '咱们', '咱', '我', '队里', '这边')
const MONTH = any('这个月的?', '上个月的?', '本月的?', '\\d{1,2}月份?的?')
const IT = any(`${MONTH}?(?:月报|报告|台账|表|材料|巡检|培训)`, '这个', '这件事', '这事', '那个')
const BY_THEN = any(
  '已经',
  '早就',
  '早',
  '都',
  '刚刚',
  '刚才',
  '刚',
  '[前昨今]天',
  '前几天',
  '上个?(?:周|星期|礼拜)',
  '就',
)
const DO = '[办弄搞做整报交填写送续]'
const OFFICE = any('社区', '居委会?', '村委会?', '村里', '街道', '镇里', '上级', '领导', '区里', '民政局?')
const TO_SOMEBODY = any(`[给到]${OFFICE}`, '给孵化机构', '给(?!谁|哪|什么)[\\p{Script=Han}]{1,4}')
const DAYS = any('[几两三]天', '两三天', '些天', '些日子', '几日', '一?阵子?', '一段时间', '一?会儿?')
const ANOTHER_DAY = any('改[天日]', '以后', '回头', '[晚迟]点', '晚些', '等等', '等下')
const NAMED_DAY = `${COMING_DAY}(?:以前|之前|前|以后|之后|过后|左右)?`
const FREE = any('有空', '得空', '有时间', '忙完')
const NOW = any('现在', '马上', '立刻', '立马', '这就')
const CANNOT = any(
  `不(?:会|懂|懂得|晓得怎么|知道怎么|懂怎么)${DO}`,
  `[办弄搞做整填写]不(?:来|了|好|懂|成|明白)`,
  '不会用',
)
const CHIEF = any('负责人', '[队团会]长', '主任')
const END = '[了啦喽咯哦呀啊的吧呢嘛哈]*'

const manners: [answer: ReminderWord['answer'], whole: string][] = [
  ['done', `${WE}?${IT}?${WE}?${BY_THEN}*${DO}(?:[好完妥成定过掉]|上去)${TO_SOMEBODY}?${END}`],
  ['done', `${WE}?${IT}?${WE}?${BY_THEN}*${DO}${TO_SOMEBODY}?[过了]了?[啦呀啊哦的]*`],
  ['done', `(?:搞[掂定]|已[办报交完]|完成)[了啦]+|已[办报交][好妥完]?|好[了啦]`],
  ['later', `${WE}?(?:再|先|等|要)*[过等晚迟缓隔推拖]${DAYS}${WE}?[再才]?${DO}?[说看讲来]?${END}`],
  ['later', `${WE}?(?:改[天日]|${any(ANOTHER_DAY, FREE)}${WE}?[了我]*[再才][说看讲来去]?${DO}?)${END}`],
  ['later', `${WE}?(?:再|先|等|要|到|过)*${NAMED_DAY}${WE}?[再才就]?[说看讲来去]?${DO}?${END}`],
  ['later', `等${WE}?${FREE}了?[再就]?${DO}?说?${END}`],
  [
    'later',
    `${WE}?(?:[这最][几两]天|这阵子|这段时间|最近|现在|今天)?(?:实在|比较|有点|[太很都也])*(?:忙|没有?空|没得空|不得空|没有?时间|走不开|不在家|不方便)(?:得很)?${END}`,
  ],
  ['later', `先?(?:缓一?缓|放一?放|不急)${END}`],
  [
    'help',
    `(?:请|麻烦|[叫让喊找想要]|能不能|可不可以|可以)*${OFFICE}的?(?:人|同志|干部|工作人员|主任|书记)?来?(?:帮|帮帮|代)${any('我们', '我', '[个一]?下', '忙', DO)}+${END}`,
  ],
  ['help', `${WE}?(?:要|需要|想要|想)(?:有?人)?来?帮(?:忙|我)(?:一下)?${DO}?${END}`],
  ['help', `(?:请|麻烦)(?:你们)?帮个?忙(?:一下)?${END}`],
  [
    'help',
    `(?:请|麻烦|能不能|可不可以|可以)*[你您]?们?(?:帮|代|替)(?:我们?|一?下|忙|个)+${DO}(?:一?下|掉)?${IT}?${END}`,
  ],
  ['help', `${WE}?${IT}?${WE}?(?:真的?|实在|也|都|又)*${CANNOT}${IT}?${END}`],
  [
    'notMine',
    `(?:我|这|这个|这件事|这事|那个|现在|已经|早就|早|都)*[不没][是归该由关]${WE}的?来?(?:负责|[管做办]|事)?(?:这个|这件事|这事)?${END}`,
  ],
  ['notMine', `我(?:现在|已经|早就|早)*不再?(?:负责|[管干当做带])(?:这个|这件事|这事|这些|${CHIEF})?${END}`],
  ['notMine', `我(?:现在|已经|早就|早)*不是${CHIEF}${END}`],
  ['notMine', `(?:你们?)?[找发问打]错人?[了啦]+`],
  ['notMine', `(?:${WE}|${CHIEF}|已经|早就|早|现在)*换(?:了?(?:人|别人|${CHIEF})了|了(?:人|别人|${CHIEF}))`],
  ['notMine', `(?:${CHIEF}|人)(?:已经|早就|早|都)*换(?:人|别人)?了${END}`],
  [
    'notMine',
    `我?(?:现在|已经|早就|早|都)*(?:退出(?:了?[\\p{Script=Han}]{2,6}?)?|退[队团会群]|不[干当]|卸任|不带队)了${END}`,
  ],
  ['now', `${WE}?${NOW}就?[来去]?${DO}(?:月报|台账)?${END}`],
]

const patterns = manners.map(([answer, whole]) => [answer, new RegExp(`^(?:${whole})$`, 'u')] as const)

/** 最近忙，过几天: what is said before is no answer, and must not ask anything. */
const BEFORE = /^(?!.*(?:[吗谁哪?]|什么|怎么|多少)).{0,10}$/u

/** What the words of somebody mean to whom a reminder is open; undefined where they are none of an answer. */
export function mannerOf(text: string, today: Day): ReminderWord | undefined {
  const clauses = tidy(text)
    .replace(/\s+/g, '')
    .split(/[,。、!;]+/)
  const last = clauses.at(-1) ?? ''
  if (clauses.length > 2 || !clauses.slice(0, -1).every((clause) => BEFORE.test(clause))) return undefined
  const answer = patterns.find(([, pattern]) => pattern.test(last))?.[0]
  const until = answer === 'later' ? comingDay(last, today) : undefined
  return answer && { answer, ...(until ? { until } : {}) }
}
