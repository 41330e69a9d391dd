import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keepKnowledge } from '../../../src/knowledge/keeper.ts'
import { knowledge } from '../pack.ts'

const { redact } = keepKnowledge(knowledge)

test.each([
  ['我叫王秀英今年67，电话19900001234，到期咋办', '我叫〔姓名〕今年67,电话〔号码〕,到期咋办'],
  ['王秀英能当负责人吗', '〔姓名〕能当负责人吗'],
  ['罗志强和韦大明都想当队长怎么选', '〔姓名〕和〔姓名〕都想当队长怎么选'],
  ['韦阿姨说要盖章，是不是', '〔姓名〕阿姨说要盖章,是不是'],
  ['我们队的队长王秀英，联系人韦大明', '我们队的队长〔姓名〕,联系人〔姓名〕'],
  ['我家住跃进路60号3栋201室，交哪里', '我家住〔地址〕,交哪里'],
  ['身份证450205190003071234要写吗', '身份证〔号码〕要写吗'],
  ['１９９ ００００ １２３４ 是我电话', '〔号码〕 是我电话'],
  ['一三八零零零零一二三四是我电话', '〔号码〕是我电话'],
  ['发到wang@example.com行吗', '发到〔号码〕行吗'],
])('takes people out of a question: %s', (text, without) => {
  expect(redact(text)).toBe(without)
})

test.each([
  '党员能当负责人吗',
  '任期是几年',
  '负责人任期几年',
  '队长和副队长都要签吗',
  '章程能改吗',
  '方案的有效期',
  '文件有几份',
  '成员没有交会费怎么办',
  '全体成员会议多少人算数',
])('leaves the words of the document alone: %s', (text) => {
  expect(redact(text)).toBe(text)
})

test('no number of a person comes through, however its digits are set apart', () => {
  const gap = fc.constantFrom('', ' ', '-', '·')
  const digits = fc.constantFrom('19900001234', '450205190003071234', '07722841234')
  fc.assert(
    fc.property(digits, gap, fc.boolean(), (number, between, wide) => {
      const written = [...number].join(between)
      const shown = wide
        ? written.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
        : written
      expect(redact(`我的号码是${shown}，到期怎么办`).replace(/\s/g, '')).not.toMatch(/\d/)
    }),
  )
})
