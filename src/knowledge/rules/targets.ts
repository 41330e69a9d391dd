import { quantities } from '../../forms/numbers.ts'
import type { Rule } from './computed.ts'

/** 实施方案二: on average 8 organizations an urban community, 4 a rural one, by the end of 2023. */
const AVERAGE = { urban: 8, rural: 4 } as const

const ASKS =
  /达标|过关|过得去|达到|够不够|够没够|够数|够了|完成|平均|及格|合格|指标|交差|交得了|差几|差多少|还差|多少家|多少个|几家|几个/

/** 6个城市社区一共45个组织, 达标没; 我们镇8个村要有多少家. */
export const targets: Rule = (question) => {
  const text = question.normalize('NFKC').replace(/\s/g, '')
  if (!ASKS.test(text)) return undefined
  const found = quantities(text).map(({ value, range, end }) => ({
    value,
    exact: range === undefined,
    after: text.slice(end, end + 10),
  }))
  const places = found.find(({ after }) => /^个?(?:城市|农村|城区)?(?:社区(?!社会组织|组织)|村)/.test(after))
  const others = found.filter((quantity) => quantity !== places)
  const organizations =
    others.find(({ after }) =>
      /^(?:个|家|支)?(?:社区)?(?:社会组织|组织|队伍|队)|^[家支](?!以上|以下)/.test(after),
    ) ??
    (/(?:组织|队伍?|团体)(?:全部|一共|总共|加起来|合起来|统共|共|有)*\d/.test(text)
      ? others.find(({ after }) => /^个?(?:[,，。?？]|$)/.test(after))
      : undefined)
  if (!places?.exact || places.value < 1) return undefined
  if (organizations ? !organizations.exact : !/平均|2023年底/.test(text)) return undefined
  const rural = /^个?(?:农村|村)/.test(places.after)
  const kind = rural ? '农村社区（村）' : '城市社区'
  const average = rural ? AVERAGE.rural : AVERAGE.urban
  const need = average * places.value
  return {
    text: [
      `目标是到2023年底${kind}平均不少于${average}个。${places.value}个${rural ? '村' : '社区'}，一共至少要${need}个。`,
      ...(organizations ? [verdict(organizations.value, places.value, average)] : []),
      '备案的、登记的是不是都算，文件没有写。这是2022—2023年的目标，时间已经过去。',
    ].join('\n'),
    sources: ['实施方案二'],
    article: 'goal-average',
    covers: [
      'goal-average',
      'goal-2022',
      'goal-brand',
      'results',
      'names-lists',
      'community-quota',
      'org-duties',
    ],
  }
}

function verdict(held: number, places: number, average: number): string {
  const need = average * places
  const each = Math.floor((held / places) * 100) / 100
  return held < need
    ? `现在${held}个，平均${each}个，不够，还差${need - held}个。`
    : `现在${held}个，平均${each}个，达到了。`
}
