import { smallNumber } from '../forms/numbers.ts'
import { tidy } from './tidy.ts'

/** The fixed words. They work at every question and mean the same everywhere. */
export type Command =
  | { type: 'start' }
  | { type: 'startForSomebody' }
  | { type: 'back' }
  | { type: 'skip' }
  | { type: 'repeat' }
  | { type: 'explain' }
  | { type: 'pause' }
  /** 继续, of one of several: 第2份 (a form) or a case number. */
  | { type: 'continue'; which?: string }
  | { type: 'human' }
  | { type: 'progress' }
  | { type: 'print'; which?: string }
  | { type: 'cancel' }
  | { type: 'submit' }
  | { type: 'readBack' }
  | { type: 'nextPage' }
  | { type: 'previousPage' }
  | { type: 'help' }
  | { type: 'status' }
  | { type: 'organizations' }
  | { type: 'helper' }
  | { type: 'leaderConfirmed' }
  | { type: 'withdraw'; which?: string }
  /** Reading or typing is hard for this person. */
  | { type: 'cannotRead' }
  /** A message was recalled from the group, as the bot had asked. */
  | { type: 'recalled' }
  | { type: 'roster' }
  | { type: 'change' | 'cancellation' | 'renewal'; which?: string }
  | { type: 'charter'; which?: string }
  | { type: 'charterCheck' | 'report' | 'complaint' }
  /** 改第5项 */
  | { type: 'editNumber'; number: number }
  /** 改第2位的职务 (a row of the field being asked) */
  | { type: 'editRow'; row: number; what: string }
  /** 删第2位 */
  | { type: 'deleteRow'; row: number }
  /** 更正 and 修改 alone: something is wrong, what is not said. */
  | { type: 'mend' }
  /** 改电话 / 电话改成… */
  | { type: 'editField'; what: string; to?: string }

const words: [Exclude<Command['type'], 'editNumber' | 'editRow' | 'deleteRow' | 'editField'>, string[]][] = [
  [
    'start',
    [
      '开始备案',
      '备案',
      '我要备案',
      '申请备案',
      '新备案',
      '办备案',
      '办',
      '办理',
      '办手续',
      '报备',
      '报备案',
      '报个备案',
      '弄备案',
      '搞备案',
      '办理备案',
      '做备案',
      '备个案',
      '首次备案',
      '开始',
      '开始填表',
      '填表',
      '填备案表',
      '重新备案一个',
    ],
  ],
  [
    'startForSomebody',
    ['代办备案', '替别人备案', '帮别人备案', '代填备案', '帮我妈备案', '帮我爸备案', '帮人备案'],
  ],
  ['back', ['上一步', '上一题', '返回', '返回上一步', '退回', '退回上一步', '回上一题', '后退', '往回']],
  ['skip', ['跳过', '跳过这题', '先跳过', '下一题', '以后再填', '先不填', '不填', '略过', '这题不填', '过']],
  [
    'repeat',
    ['再说一遍', '重复', '重说', '再说一次', '没听清', '再来一遍', '刚才问什么', '问的什么', '再问一遍'],
  ],
  [
    'explain',
    [
      '听不懂',
      '不懂',
      '看不懂',
      '什么意思',
      '不明白',
      '啥意思',
      '不会填',
      '不会',
      '怎么填',
      '不知道怎么填',
      '解释',
    ],
  ],
  [
    'pause',
    [
      '暂停',
      '先停',
      '停',
      '先停下',
      '休息',
      '歇',
      '等下',
      '等会',
      '等会儿',
      '先这样',
      '下次再填',
      '明天再填',
      '改天再填',
      '先不填了',
      '停下',
    ],
  ],
  [
    'continue',
    ['继续', '接着', '接着来', '继续填', '接着填', '继续备案', '往下', '继续吧', '我回来了', '回来了'],
  ],
  ['human', ['人工', '转人工', '找人工', '找人', '人工服务', '打电话', '联系工作人员', '找工作人员', '客服']],
  ['progress', ['进度', '填到哪了', '填到哪', '还剩多少', '还有多少题', '还有几题', '还有多少']],
  [
    'print',
    ['打印', '打印表格', '打出来', '出表', '看表', '下载', '下载表格', '给我表', '导出', '打表', '预览'],
  ],
  ['cancel', ['取消', '取消备案', '不办了', '不填了', '放弃', '退出', '算了', '作废']],
  ['submit', ['确认提交', '提交', '确定提交', '确认上交', '交上去', '我要提交']],
  ['readBack', ['看看我填的', '我填的', '我填了什么', '核对', '检查', '看填的', '回看', '看看填的']],
  ['nextPage', ['下一页', '下页', '翻页', '后一页']],
  ['previousPage', ['上一页', '上页', '前一页']],
  [
    'help',
    [
      '帮助',
      '菜单',
      '你能做什么',
      '能做什么',
      '怎么用',
      '使用说明',
      '功能',
      'help',
      '你是谁',
      '你好',
      '您好',
      '在吗',
      '在不在',
    ],
  ],
  [
    'status',
    [
      '到哪一步了',
      '到哪了',
      '到哪一步',
      '办到哪了',
      '办得怎么样了',
      '办好了吗',
      '批了吗',
      '批下来了吗',
      '审核好了吗',
      '查进度',
      '备案进度',
      '查询备案进度',
      '查一下进度',
      '我的备案到哪一步了',
      '我的备案',
    ],
  ],
  ['organizations', ['我的组织', '我的队伍', '我的队', '我的团']],
  [
    'helper',
    [
      '代填',
      '代办',
      '替别人填',
      '帮别人填',
      '我是代填',
      '我是代办',
      '我替别人填',
      '帮我妈填',
      '帮我爸填',
      '我帮别人填',
      '替我妈填',
      '替我爸填',
      '帮老人填',
      '我帮我妈填',
      '我帮我爸填',
      '我是代办人',
      '我是帮忙填的',
      '我替我妈填',
      '我替我爸填',
    ],
  ],
  [
    'leaderConfirmed',
    [
      '负责人已确认',
      '负责人确认',
      '负责人确认了',
      '本人确认',
      '本人已确认',
      '负责人同意',
      '他确认了',
      '她确认了',
      '负责人说对',
    ],
  ],
  ['withdraw', ['撤回', '撤回申请', '撤回备案', '撤销申请']],
  ['mend', ['更正', '更正信息', '修改', '修改信息', '更改', '改信息']],
  ['roster', ['名册', '人员名册', '花名册']],
  ['change', ['变更', '变更备案', '我要变更']],
  ['cancellation', ['注销', '注销备案', '我要注销']],
  ['renewal', ['续期', '到期续办', '续办', '重新备案', '到期重新备案', '我要续期']],
  ['charter', ['章程', '写章程', '做章程']],
  ['charterCheck', ['章程检查', '检查章程', '查章程', '核对章程']],
  ['report', ['月报', '报月报', '填月报']],
  ['complaint', ['投诉建议', '投诉', '提建议', '我要投诉', '建议']],
]

const byWord = new Map(words.flatMap(([type, list]) => list.map((word) => [word, type] as const)))

const NUMBER = '(\\d{1,2}|[一二两三四五六七八九十]{1,3})'
const editNumber = new RegExp(
  `^(?:我要|我想|想|要|请)?(?:修改|更改|改|重填)(?:一下)?第?${NUMBER}(?:项|题|条|个问题|号)$`,
)
const editRow = new RegExp(`^(?:修改|更改|改)第${NUMBER}(?:位|段|个|个人|人|行)的?(.*)$`)
const deleteRow = new RegExp(`^(?:删除|删掉|删去|删|去掉)第?${NUMBER}(?:位|段|个|个人|人|行)?$`)
const editField =
  /^(?:我要|我想|想要|想|要|请|帮我)?(?:更正|修改|更改|改|重填|换)(?:一下|下)?(?!成|为|天|日)(.{1,20})$/
/** 我的身份证号写错了 */
const saidWrong = /^(?:刚才的?|前面的?)?(.{2,12}?)(?:好像|刚才|我)?(?:写|填|说|打|报)错了?$/
const editTo = /^(?:把|将)?(.{1,14}?)(?:改成|改为|换成|应该是|写错了,?应该是|错了,?是)[::,]?\s*(.+)$/

/** 撤回了 and 已撤回 tell of a message that was recalled; only 撤回 asks for something. */
const recalled =
  /^(?:我|都|刚才的?|刚刚|那条|已经?)*(?:撤回?(?:来|好|掉|完)?(?:了|啦|喽|咯)+|已经?撤回?(?:来|好|掉|完)?)$/

/** 我是替我妈王秀英填的: for somebody who is not 我 or 我们. */
const forSomebody =
  /^(?:我|本人)?(?:是|来|在)*(?:替|帮|代|给)(?!我们|咱|大家|我[填办弄写])(\p{Script=Han}{1,14}?)(?:来|在)*(填|办|弄|写|备案)(?:表格?|备案|手续)*(?:的|呢|吧|了)*$/u

/** Said of oneself or of one's family; without that it may be what a group does: 给老人办手续. */
const ofOneself = /^(?:我|本人|是)|我[爸妈爹娘爷奶公婆哥姐弟妹叔伯姑姨舅]|填的$/u

/** 那变更呢 asks about it and does not begin it. */
const ASKS_ON = /呢$/u
const MATTERS = new Set<Command['type']>(['change', 'cancellation', 'renewal', 'charter', 'roster', 'report'])

const cannotRead =
  /^(?:我|本人|她|他|老人)?(?:年纪大了?,?)?(?:都|也|又)?(?:不识字|不认字|不认得字|不会打字|不会写字|不会拼音|不太会打字|看不清字?|看不见字?|眼睛不好|眼睛花了?|老花眼?)$/u

/** The command a text is, if it is one: the whole message, politeness and particles aside. */
export function commandOf(text: string): Command | undefined {
  const said = tidy(text)
  const plain = said.replace(/\s+/g, '')
  if (recalled.test(plain)) return { type: 'recalled' }
  for (const candidate of [
    plain,
    plain.replace(/^(请|帮我|我想|我要|我想要|麻烦|给我|那就|那|好的?,?)/, ''),
    plain.replace(/(一下|吧|了|呀|啊|呢|哦|嘛|喽|咯)$/, ''),
    plain
      .replace(/^(请|帮我|我想|我要|麻烦|给我|那就|那|好的?,?)/, '')
      .replace(/(一下|一下吧|吧|了|呀|啊|呢|哦|嘛)$/, ''),
  ]) {
    const type = byWord.get(candidate)
    if (type && !(ASKS_ON.test(plain) && MATTERS.has(type))) return { type } as Command
  }
  if (cannotRead.test(plain.replace(/[了啊呀的]$/, ''))) return { type: 'cannotRead' }
  const helped = forSomebody.exec(plain)
  if (helped && ofOneself.test(plain)) return { type: helped[2] === '备案' ? 'startForSomebody' : 'helper' }
  const print = /^打印\s*(\S{1,20})$/.exec(said)
  if (print) return { type: 'print', which: print[1] }
  const matter = /^(变更|注销|续期)\s*(\S{2,40})$/.exec(said)
  if (matter && matter[2]!.includes('号')) {
    const type = ({ 变更: 'change', 注销: 'cancellation', 续期: 'renewal' } as const)[matter[1] as '变更']
    return { type, which: matter[2]! }
  }
  const charter = /^章程\s+(\S{1,38}号|\d{4}-\d{4})$/.exec(said)
  if (charter) return { type: 'charter', which: charter[1]! }
  const carryOn = /^继续\s*(第\d{1,2}份|\d{4}-\d{4})$/.exec(said)
  if (carryOn) return { type: 'continue', which: carryOn[1]! }
  const withdraw = /^撤回\s*(\S{1,20})$/.exec(said)
  if (withdraw) return { type: 'withdraw', which: withdraw[1] }
  const number = editNumber.exec(plain)
  if (number) return { type: 'editNumber', number: smallNumber(number[1]!) ?? 0 }
  const row = editRow.exec(plain)
  if (row) return { type: 'editRow', row: (smallNumber(row[1]!) ?? 0) - 1, what: row[2]! }
  const removed = deleteRow.exec(plain)
  if (removed) return { type: 'deleteRow', row: (smallNumber(removed[1]!) ?? 0) - 1 }
  const to = editTo.exec(said)
  if (to) return { type: 'editField', what: to[1]!.trim(), to: to[2]!.trim() }
  const field = editField.exec(plain) ?? saidWrong.exec(plain)
  if (field) return { type: 'editField', what: field[1]! }
  return undefined
}
