import { quantities } from '../../forms/numbers.ts'
import type { Rule } from './computed.ts'

/** 实施方案二: on average 8 organizations an urban community, 4 a rural one, by the end of 2023. */
const URBAN = { name: '城市社区', called: '社区', average: 8 } as const
const VILLAGE = { name: '农村社区（村）', called: '村', average: 4 } as const

const PLACES = /^个?(?:城市|农村|城区)?(?:社区(?!社会组织|组织)|村)/
const RURAL = /^个?(?:农村|村)/

const ASKS =
  /达标|过关|过得去|达到|够不够|够没够|够数|够了|完成|平均|及格|合格|指标|交差|交得了|差几|差多少|还差|多少家|多少个|几家|几个/

/** 6个城市社区一共45个组织, 达标没; 6个社区3个村要多少家; 平均每个村要几家, 我们8个村. */
export const targets: Rule = (question) => {
  const text = question.normalize('NFKC').replace(/\s/g, '')
  if (!ASKS.test(text)) return undefined
  const found = quantities(text).map(({ value, range, end }) => ({
    value,
    exact: range === undefined,
    after: text.slice(end, end + 10),
  }))
  const places = found.filter(({ after }) => PLACES.test(after))
  const others = found.filter((quantity) => !places.includes(quantity))
  const organizations =
    others.find(({ after }) =>
      /^(?:个|家|支)?(?:社区)?(?:社会组织|组织|队伍|队)|^[家支](?!以上|以下)/.test(after),
    ) ??
    (/(?:组织|队伍?|团体)(?:全部|一共|总共|加起来|合起来|统共|共|有)*\d/.test(text)
      ? others.find(({ after }) => /^个?(?:[,，。?？]|$)/.test(after))
      : undefined)
  const isVague = places.some(({ exact, value }) => !exact || value < 1) || organizations?.exact === false
  if (places.length === 0 || places.length > 2 || isVague) return undefined
  if (!organizations && places.length === 1 && !/平均|2023年底/.test(text)) return undefined
  const kinds = places.map(({ value, after }) => ({
    places: value,
    ...(RURAL.test(after) ? VILLAGE : URBAN),
  }))
  const need = kinds.reduce((total, { places, average }) => total + places * average, 0)
  return {
    text: [
      `目标是到2023年底${kinds.map(({ name, average }) => `${name}平均不少于${average}个`).join('、')}。` +
        `${kinds.map(({ places, called }) => `${places}个${called}`).join('、')}，一共至少要${need}个。`,
      ...(organizations ? [verdict(organizations.value, places, need)] : []),
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

function verdict(held: number, places: { value: number }[], need: number): string {
  const all = places.reduce((total, { value }) => total + value, 0)
  const each = Math.floor((held / all) * 100) / 100
  return held < need
    ? `现在${held}个，平均${each}个，不够，还差${need - held}个。`
    : `现在${held}个，平均${each}个，达到了。`
}
