import { inChinese, type Day } from '../../clock.ts'

/** What a leader reads about what their organization owes. */
export const ownDutyWords = {
  head: (name: string) => `${name}要做的事：`,
  report: (month: string, isIn: boolean) =>
    `1. 月报：每月底报给所属社区和孵化机构（附件5八3）。${Number(month.slice(5))}月${isIn ? '报好了。' : '还没报，回复“月报”。'}`,
  activities: (year: string, held: number, least: number) =>
    `2. 搞活动：不少于${least}场（附件5八2，原定2022年12月前）。${year}年月报里报了${held}场。`,
  validity: (until: Day, days: number) =>
    `3. 有效期：到${inChinese(until)}，${days < 0 ? '已经到期，' : ''}到期要重新备案（附件1填表说明6），${days > 90 ? '现在不用办' : '回复“续期”'}。`,
  party: '4. 党建：结合自身特点开展党组织活动（附件5八1），怎么做问社区。',
  others: '社区、街道、孵化机构该做什么，直接问我，例如“街道要做什么”。',
} as const
