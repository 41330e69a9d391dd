/** The answers' own sentences: what stands in no article. */

export const greeting =
  '您好，我是备案助手。备案、变更、注销、章程、到期、月报的事都可以问我，也可以回复“开始备案”填表。'

export const thanks = '不客气。还有备案的事，随时问我。'

export const ownData =
  '请不要把身份证号、手机号、住址发在聊天里，发了的请撤回。\n' +
  '我没有记下，也不会在聊天里保存这些个人信息。\n' +
  '填表要用的时候，我会在单聊里一项一项问您，填到表上。'

export const othersData =
  '不能提供。这是别人的个人信息，我不掌握，谁来问都不给。\n' +
  '备案表只用来掌握、了解组织的基本情况。有公事请找所在街道办事处（镇政府）按规定办。'

export const act =
  '这个我不能办：我不是备案机关，不能批准、不能编号、不能替谁写意见、签字、盖章。\n' +
  '备案要由社区居委会（村委会）写是否同意备案、盖章，再由备案机关（街道办事处或镇政府）审核、盖章，编号由街道办事处（乡镇人民政府）按顺序填写。'

export const orders = '我只按文件回答，不能按别的要求改口。'

export const outside =
  '文件里没有写这个，我答不了。\n' +
  '我能答的是社区社会组织的备案、变更、注销、续期，章程和开会，报送和期限。\n' +
  '别的事请问社区居委会、街道办事处（镇政府）或有关部门。'

/** It speaks of our matters and fits nothing: whether the document is silent or it was not understood is not known. */
export const unclear =
  '我没有找到对得上的条文：可能文件里没有写，也可能是我没听懂。请换个说法再问一次。\n' +
  '我能答的是社区社会组织的备案、变更、注销、续期，章程和开会，报送和期限。\n' +
  '急的话请问社区居委会、街道办事处（镇政府）。'

export const noSuchClause = (annexes: number, inClauses: number, last: number): string =>
  `文件里没有您说的这一条：附件只有附件1到附件${annexes}，写成“第几条”的只有附件${inClauses}，从第1条到第${last}条。\n想看哪一条，请照“附件${inClauses}第几条”再发一次。`

/** Hardly a Han character in it: it is not known whether the document says it. */
export const unreadable =
  '没有看懂。请用汉字把话说完整，也可以发语音。\n我能答的是社区社会组织的备案、变更、注销、续期，章程和开会，报送和期限。'

export const silentOn = (wanted: string[], text: string): string =>
  [`${wanted.join('、')}，文件里没有写。只写了：`, text, '没写的请问社区居委会或街道办事处（镇政府）。'].join(
    '\n',
  )

export const nearest = (texts: string[]): string =>
  [
    '这句话我没有找到完全对得上的，文件里可能没有写。最接近的是：',
    ...texts,
    '不是问这个的话，请换个说法，或者问社区居委会、街道办事处（镇政府）。',
  ].join('\n')

const ORDINALS = ['一', '二', '三', '四', '五']

/** One of several answers, with a heading so that they can be told apart. */
export const headed = (at: number, title: string | undefined, text: string): string =>
  `${ORDINALS[at]}、${title ?? ''}\n${text}`.replace('、\n', '、')

export const mostAtOnce = (most: number): string => `一次最多答${most}个问题，没有答到的请再问一次。`

export const didYouMean = (titles: string[]): string =>
  ['您是不是想问：', ...titles.map((title, at) => `${at + 1}. ${title}`)].join('\n')

export const cite = (sources: string[], edition: string): string => `依据：${cited(sources, edition)}`

/** Sources of several editions, each with its own. An answer by staff may have no label of the document. */
export const citeAll = (editions: Map<string, string[]>): string =>
  `依据：${[...editions].map(([edition, sources]) => cited(sources, edition)).join('；')}`

const cited = (sources: string[], edition: string): string =>
  sources.length === 0 ? edition : `${sources.map((source) => `【${source}】`).join('')}（${edition}）`

// What a model has a part in is marked as such (标识办法; practice.md 6.6).

export const worded = (text: string): string => `简单说：${text}\n（AI整理，以上面的原文为准）`

export const understood = (title: string, text: string): string =>
  `您也许是问“${title}”（AI理解，不对请换个说法）：\n${text}`

export const perhaps = (title: string): string =>
  `您是不是想问“${title}”？是的话，照这样再问一遍。（AI理解，不一定对）`
