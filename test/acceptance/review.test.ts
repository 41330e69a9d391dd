import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Card as CardShape } from '../../src/sandbox/card-rules.ts'
import type { Channel } from '../../src/messages.ts'
import type { Entry } from '../../src/sandbox/world.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { answers, danceTeam } from '../support/leader.ts'
import { Person, questionLabel, startTrial, told, type Trial } from '../support/trial.ts'
import { wholeText } from '../support/word.ts'

let trial: Trial
let wang: Person
let fang: Person
let li: Person
beforeAll(async () => {
  trial = await startTrial({ directory: trialDirectory })
  wang = new Person(trial, 'wangxiuying')
  fang = new Person(trial, 'wangfang')
  li = new Person(trial, 'lijie')
})
afterAll(() => trial.stop())

const name = '柳州市柳北区解放街道明珠社区夕阳红舞蹈队'

test('a case goes from the leader through community and street to its number, each step told to the right person', async () => {
  await wang.says('开始备案')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  await told(trial, 'wangfang', '2026-0001')

  await li.says('待办')
  expect(li.heard).toContain('没有待办')
  await fang.says('待办')
  expect(fang.heard).toContain(`1. ${name}（2026-0001）`)
  await fang.says('查看 1')
  expect(fang.heard).toContain('第1页')
  expect(wholeText(await fang.opens('备案申请表'))).not.toContain('19900001234')
  await fang.says('下一页')
  await fang.says('下一页')
  expect(fang.heard).toContain('450205********')
  expect(fang.heard).not.toContain(danceTeam['主要负责人·身份证号码'])

  await fang.says('退回 1 联系电话：号码打不通')
  expect(fang.heard).toContain('已退回')
  await told(trial, 'wangxiuying', '要改：主要负责人·联系电话\n原因：号码打不通')
  await wang.says('到哪一步了')
  expect(wang.heard).toContain('理由：号码打不通')
  await wang.says('继续')
  expect(questionLabel(wang.heard)).toBe('主要负责人·联系电话')
  // What has to be mended must be seen whole, an address with its door.
  await wang.says('改家庭住址')
  expect(wang.heard).toContain('3栋2单元501室')
  await wang.says('继续')
  expect(questionLabel(wang.heard)).toBe('主要负责人·联系电话')
  await wang.says('19900007777')
  await answers(wang, danceTeam)
  await wang.says('确认提交')
  expect(wang.heard).toContain('已重新提交')

  // The card of before what was mended agrees to nothing; who writes it out means it.
  await fang.says('待办')
  await taps(fang, '同意', 'robot')
  expect(fang.heard).toContain('请先回复“查看 2026-0001”')
  await fang.says('同意 1')
  expect(fang.heard).toContain('已同意')
  await told(trial, 'wangxiuying', '社区已同意')
  await fang.says('同意 2026-0001')
  expect(fang.heard).toContain('已经由王芳同意')

  await li.says('待办')
  expect(li.heard).toContain('2026-0001')
  await li.says('同意 1')
  expect(li.heard).toMatch(/〔2026〕1号/)
  expect(li.heard).toContain('2028年11月23日')
  await told(trial, 'wangxiuying', '〔2026〕1号')
  await li.says('待办')
  expect(li.heard).toMatch(/待盖章.*〔2026〕1号.*今天到的/)
  await wang.says('到哪一步了')
  expect(wang.heard).toMatch(/解放街道办事处已同意备案，正在盖章[^]*今天到这一步/)
  await li.says('已盖章 1')
  await li.says('待办')
  await li.says('已分发 1')
  await li.says('台账')
  expect(li.heard).toContain('〔2026〕1号')

  await wang.says('我的组织')
  expect(wang.heard).toContain('〔2026〕1号')
  expect(wang.heard).toContain('2028年11月23日')
  expect(wang.heard).toContain('明珠社区')
})

test('nobody but the leader and the two offices was told of the case', () => {
  const { standIn } = trial
  const told = standIn.entries().filter(({ from, body }) => from.type !== 'person' && 'text' in body)
  const about = told.filter(({ body }) => /2026-0001|夕阳红/.test('text' in body ? body.text : ''))
  const who = new Set(about.map(({ conversation }) => conversation.replace(/^.*:/, '')))
  expect([...who].sort()).toEqual(['lijie', 'wangfang', 'wangxiuying'])
})

test('nobody without a role, or of another place, can act or see', async () => {
  const chen = new Person(trial, 'chenming')
  await chen.says('待办')
  expect(chen.heard).toContain('无权')
  await chen.says('同意 2026-0001')
  expect(chen.heard).toContain('无权')
  await chen.says('查看 2026-0001')
  expect(chen.heard).toContain('无权')
})

test('unmasked papers are shown for a reason, which is kept', async () => {
  await li.says('原件 2026-0001')
  expect(li.heard).toContain('用途')
  await li.says('原件 2026-0001 核对身份证原件')
  expect(wholeText(await li.opens('备案申请表'))).toContain('19900007777')
  const looks = await trial.app.store.transact((tx) => tx.listAccess({ limit: 10 }))
  expect(looks).toMatchObject([{ by: 'lijie', reason: '核对身份证原件' }])
})

/** The last card there with such a button is tapped, like by a person who reads buttons only. */
async function taps(person: Person, text: string, where: Channel = 'app'): Promise<void> {
  const { standIn } = person.trial
  const inbox = () => standIn.inbox(person.userId, where)
  const hasButton = ({ body }: Entry): boolean =>
    body.type === 'card' &&
    body.seenBy[person.userId] === undefined &&
    buttonsOf(body.view.card).some((button) => button.text.includes(text))
  await standIn.waitFor(person.userId, where, hasButton)
  const card = inbox().findLast(hasButton)!
  if (card.body.type !== 'card') throw new Error('no card')
  const button = buttonsOf(card.body.view.card).find((one) => one.text.includes(text))!
  const before = new Set(inbox().map(({ id }) => id))
  // Time to read: more than twenty messages a minute are put off.
  standIn.clock.forward(30_000)
  const isVote = card.body.view.card.card_type === 'vote_interaction'
  await standIn.click(
    person.userId,
    card.id,
    isVote ? 'submit' : button.key,
    isVote ? { choice: [button.key] } : {},
  )
  const answer = await standIn.waitFor(
    person.userId,
    where,
    ({ id, body }) => !before.has(id) && 'text' in body,
  )
  person.heard = 'text' in answer.body ? answer.body.text : ''
  if (where !== 'app') return
  expect(standIn.entry(card.id)?.body).toMatchObject({
    seenBy: { [person.userId]: { greyed: expect.stringMatching(/^已选：(\p{Script=Han}+|\d)$/u) } },
  })
}

const buttonsOf = ({ button_list, checkbox }: CardShape): { text: string; key: string }[] => [
  ...(button_list ?? []).map(({ key = '', text }) => ({ key, text })),
  ...(checkbox?.option_list ?? []).map(({ id, text }) => ({ key: id, text })),
]

test('offices that have the app alone take a case from 待办 to the last copy by taps', async () => {
  await trial.app.store.transact(async (tx) => {
    const [first] = await tx.listFilingsOf('wangxiuying')
    if (!first) throw new Error('no case')
    const events = first.events.filter(({ type }) => type === 'submitted')
    const organizationName = '柳州市柳北区解放街道明珠社区晨光合唱团'
    await tx.saveFiling({ ...first, id: 'tapped', caseNumber: '2026-0777', organizationName, events })
  })
  await fang.says('待办', 'app')
  await taps(fang, '晨光合唱团')
  expect(fang.heard).toContain('2026-0777')
  await taps(fang, '退回')
  await taps(fang, '人员名册')
  expect(fang.heard).toContain('已退回')
  await told(trial, 'wangxiuying', '人员名册和实际人数对不上')
  await trial.app.store.transact(async (tx) => {
    const filing = (await tx.findFiling('tapped'))!
    const at = trial.standIn.clock.now().toISOString()
    const event = { type: 'resubmitted', by: 'wangxiuying', at } as const
    await tx.saveFiling({ ...filing, events: [...filing.events, event] })
  })
  await fang.says('待办', 'app')
  await taps(fang, '晨光合唱团')
  await taps(fang, '同意')
  expect(fang.heard).toContain('已同意')

  await li.says('待办', 'app')
  await taps(li, '晨光合唱团')
  await taps(li, '不予备案')
  expect(li.heard).toContain('不予备案要写明理由')
  await taps(li, '同意')
  expect(li.heard).toMatch(/〔2026〕2号/)
  await taps(li, '已盖章')
  expect(li.heard).toContain('已登记盖章')
  await taps(li, '已分发')
  expect(li.heard).toContain('这一件办完了')
  expect(trial.standIn.violations).toEqual([])
})

test('a mistake in what was filed is put right by the office that filed it, read back first, the leader told', async () => {
  const right = '更正 2026-0001 主要负责人·联系电话：19900008888 理由：抄错一位'
  for (const other of [fang, new Person(trial, 'zhaomin'), new Person(trial, 'chenming')]) {
    await other.says(right)
    expect(other.heard).toContain('无权')
  }
  await li.says('更正 2026-0001 联系电话：1990000888 理由：抄错一位')
  expect(li.heard).toMatch(/没有更正。主要负责人·联系电话：.*11位/)
  await li.says('更正 2026-0001 联系电话：19900008888')
  expect(li.heard).toContain('理由：为什么')
  await li.says('更正 2026-0001 活动地域：友谊社区 理由：写错')
  expect(li.heard).toContain('请让负责人办变更')
  await li.says(right)
  expect(li.heard).toContain('原来：199****7777\n改成：19900008888\n理由：抄错一位')
  await li.says('原件 2026-0001 核对电话')
  expect(wholeText(await li.opens('备案申请表'))).not.toContain('19900008888')
  await li.says(right)
  await li.says('确认更正')
  const letter = await told(trial, 'wangxiuying', '主要负责人·联系电话：199****8888\n原因：抄错一位')
  expect(JSON.stringify(letter.body)).not.toContain('19900008888')
  // The leader is promised 更正 by the notice and hears who does it.
  for (const words of ['更正', '更正电话']) {
    await wang.says(words)
    expect(wang.heard).toContain('请街道（镇）更正')
  }
  await wang.says('打印 2026-0001')
  expect(wholeText(await wang.opens('备案申请表'))).toContain('19900008888')

  await li.says('更正 2026-0001 人员名册第3行姓名：赵晓兰 理由：身份证上是晓')
  expect(li.heard).toContain('【人员名册第3行姓名】\n原来：赵小兰\n改成：赵晓兰')
  await li.says('确认更正')
  await wang.says('打印 2026-0001')
  expect(wholeText(await wang.opens('人员名册'))).toContain('赵晓兰')
  await li.says('查看 2026-0001')
  expect(li.heard).toMatch(/更正过主要负责人·联系电话（李杰，.*）：抄错一位\n更正过人员名册/)
})

test('what stands so already, has no reason, was called off or is under way is not put right', async () => {
  const phone = (number: string, reason: string) => `更正 2026-0001 联系电话：${number} 理由：${reason}`
  await li.says(phone('19900008888', '又核对了一遍'))
  expect(li.heard).toContain('本来就是这样')
  await li.says(phone('19900006666', '错'))
  expect(li.heard).toContain('理由：为什么')
  await li.says(phone('19900006666', '打不通'))
  await li.says('取消')
  expect(li.heard).toContain('没有更正')
  await li.says('确认更正')
  expect(li.heard).toContain('没有等您确认')

  // What was carried over into a renewal follows what is put right meanwhile; numbers in a reason stay unseen.
  await wang.says('续期 夕阳红舞蹈队')
  await wang.says('1')
  const id = danceTeam['主要负责人·身份证号码'] ?? ''
  await li.says(phone('19900006666', `和身份证${id}对过`))
  await li.says('确认更正')
  await li.says('查看 2026-0001')
  expect(li.heard).toContain('和身份证450205********')
  expect(li.heard).not.toContain(id)
  await wang.says('打印')
  await wang.says('1')
  expect(wholeText(await wang.opens('备案申请表'))).toContain('19900006666')
  await wang.says('取消')
  await wang.says('1')

  await wang.says('夕阳红舞蹈队要变更')
  await wang.says('1')
  await wang.says('活动地域')
  await answers(wang, {
    变更的事项: '没有了',
    活动地域: '友谊社区',
    申请变更理由: '原活动室拆了',
    履行的内部程序: '10月8日开会，一共30人，到了25人，20人同意',
  })
  await wang.says('确认提交')
  expect(wang.heard).toContain('受理号')
  await li.says(phone('19900005555', '又换错了'))
  expect(li.heard).toContain('正在办')
})
