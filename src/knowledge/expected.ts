import type { Article } from './articles.ts'

/** A sort of thing a question wants to be told: an answer without any such thing does not answer it. */
export type Wanted = {
  called: string
  asks: RegExp
  gives: RegExp
  /** What a sentence speaks of that says the document is silent on it. */
  of: RegExp
}

const TIME =
  /[\d〇一二两三四五六七八九十]+(?:年|个?月|日|号|天|次|周)|每季度|每月|每年|月底|日期|那一天|随时|长期/

const SORTS: Wanted[] = [
  {
    called: '多少钱',
    asks: /多少钱|几多钱|几块钱?|(?:多少|几)[块元]|(?:收|交|给|发|奖|罚|补|报|报销|赔|花|扣|拿|得|领)(?:我们?|你们?|他们?)?(?:多少|几多)(?![人份家个场次名号条东材表票])|价钱|价格|什么价/,
    gives: /\d元/,
    of: /钱|金额|费|补助|奖/,
  },
  {
    called: '多长时间',
    asks: /几天|多少天|几个?工作日|多久|多长时间|多少时间|几个月|几个?小时/,
    gives: TIME,
    of: /[时天年月日期久晚]|频/,
  },
  {
    called: '哪一天',
    asks: /什么时候|啥时候|几时|何时|哪天|哪一天|几号(?!楼|表|文)|几月|哪年|哪一年|多会儿/,
    gives: TIME,
    of: /[时天年月日期久晚]|延/,
  },
  { called: '几点钟', asks: /几点(?!要求|意见|内容)|几点钟/, gives: /\d点/, of: /时间|点/ },
  {
    called: '多大年纪',
    asks: /几岁|多少岁|多大(?:年纪|岁数|年龄)|年龄(?:限制|要求|上限)/,
    gives: /\d岁|年龄/,
    of: /年龄|岁/,
  },
  {
    called: '扣罚',
    asks: /罚款|罚钱|扣分|扣几分|扣多少|追责|处分|罚不罚|会不会罚/,
    gives: /处罚|罚/,
    of: /罚|扣|处理|后果/,
  },
  {
    called: '电话号码',
    asks: /(?:电话|号码|手机号?)(?:是|号码)*(?:多少|几号|几多)|联系方式/,
    gives: /\d{5}/,
    of: /电话|联系/,
  },
  { called: '份数', asks: /几份|多少份|几套/, gives: /份/, of: /份/ },
]

/** What a question wants to be told. */
export const wantedIn = (question: string): Wanted[] => SORTS.filter(({ asks }) => asks.test(question))

/** Whether an article tells all that is wanted, or says that the document is silent on it. */
export const tells = ({ title, asked, text, silent }: Article, wanted: Wanted[]): boolean =>
  wanted.every(({ asks, gives, of }) =>
    silent
      ? asked.some((way) => asks.test(way)) || asks.test(title)
      : gives.test(text) || text.split(/[。；\n]/).some((line) => SILENCE.test(line) && of.test(line)),
  )

const SILENCE = /没有写|没写|没有规定|没有限定/

/** A year asked about that lies behind the plan's term, where the article speaks of that term. */
export function laterYear(question: string, { text, silent }: Article): string | undefined {
  const year = /(?<!\d)(20(?:2[4-9]|[3-9]\d))年?(?!\d)/.exec(question)?.[1]
  return year !== undefined && !silent && /202[23]年/.test(text) ? `${year}年的` : undefined
}
