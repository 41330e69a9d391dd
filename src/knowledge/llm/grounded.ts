import { numeral } from '../../forms/numbers.ts'

/** Whether what a model wrote says nothing that does not stand in the passage it was given. */
export type Grounded = { ok: true; text: string } | { ok: false; why: string }

const LEAST = 6
const MOST = 160
/** Of the pairs of characters in a sentence, how many must stand in the passage. */
const COVERED = 0.55

/**
 * Every number with its unit, every bound (以内, 至少), date, quotation, label, office, place and Latin word must
 * stand in the passage, no negation may be added or lost, and most of each sentence must be the passage's words.
 */
export function grounded(written: string, passage: string): Grounded {
  const text = written.trim().replace(/\s*\n\s*/g, '')
  const refuse = (why: string): Grounded => ({ ok: false, why })
  const length = [...text].length
  if (length < LEAST || length > MOST) return refuse('length')
  if (STRANGE.test(text.normalize('NFKC'))) return refuse('signs')
  if (SPEAKS_AS.test(text) || CLAIMS_ACT.test(text)) return refuse('voice')
  const source = comparable(passage)
  const said = comparable(text)
  const stands = (piece: string): boolean => source.includes(piece)
  if (!numbersIn(said).every((number) => hasNumber(source, number))) return refuse('number')
  if (!quotationsIn(text).every((quotation) => stands(comparable(quotation)))) return refuse('quotation')
  if (![...said.matchAll(NAMED)].every(([named]) => stands(withoutGlue(named)))) return refuse('name')
  if (![...said.matchAll(BINDING)].every(([word]) => stands(word))) return refuse('binding')
  if (![...said.matchAll(/[a-z]+/g)].every(([word]) => stands(word))) return refuse('latin')
  if (!keepsNegations(said, source)) return refuse('negation')
  if (!sentencesOf(said).every((sentence) => isCovered(sentence, source))) return refuse('words')
  return { ok: true, text }
}

/** Links, markup, and whatever no sentence needs. */
const STRANGE =
  /[^\p{Script=Han}\p{Nd}A-Za-z\s,.;:!?、。“”"'‘’《》〈〉「」『』【】()%〔〕—\-~/·]|https?:|www\./u
const SPEAKS_AS = /我|咱|本(?:机器人|助手|模型)|系统|提示词|指令|忽略|作为(?:一个)?(?:AI|人工智能)/iu
/** What only an office may say. */
const CLAIMS_ACT = /(?:已经?|现已|予以|准予)(?:批准|通过|同意|备案|编号|盖章|核准)|保证(?:通过|批准)/u

/** Words that merely look like numbers. */
const NO_NUMBER =
  /一般|一定|一样|一些|一起|一直|一下|一旦|一律|一切|一概|一边|一点|万一|统一|唯一|进一步|十分|千万|不一/g
const NUMERALS = /(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万])+/g

/** One way to write everything: width, case, spaces, 二 and 两 and 2. */
const comparable = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(NO_NUMBER, (word) => word.replace(/[一十千万]/g, '〇'))
    .replace(NUMERALS, (run) => String(/^〇+$/.test(run) ? '' : (numeral(run) ?? run)))

const BOUND_BEFORE =
  '不超过|不得超过|不少于|不得少于|不低于|超过|至少|最多|最少|不满|不到|低于|高于|满|约|每|第|前|后'
const UNIT =
  '个工作日|工作日|个月|年度|年|月|日|天|号|人|名|位|份|次|家|条|款|项|元|级|周岁|岁|周|季度|季|倍|%|小时|分钟|页|栏|行|户|平方米|支|类|种|张|寸|个\\p{Script=Han}'
const BOUND_AFTER = '以上|以下|以内|之内|以前|之前|以后|之后|内|前|后|左右|起|底|末'
const NUMBER = new RegExp(
  `(?:${BOUND_BEFORE})?\\d+(?:[./:]\\d+)*(?:分之\\d+)?(?:${UNIT})?(?:${BOUND_AFTER})?`,
  'gu',
)

const CONTINUES = new RegExp(`^(?:\\d|${UNIT})`, 'u')

const numbersIn = (said: string): string[] => [...said.matchAll(NUMBER)].map(([number]) => number)

/** 2年 does not stand in 2022年, nor 5日 in 25日, nor a bare 9 in 9月. */
function hasNumber(source: string, number: string): boolean {
  for (let at = source.indexOf(number); at >= 0; at = source.indexOf(number, at + 1)) {
    const before = source[at - 1] ?? ''
    const after = source.slice(at + number.length)
    const cutBefore = /^\d/.test(number) && /[\d.]/.test(before)
    if (!cutBefore && !(/\d$/.test(number) && CONTINUES.test(after))) return true
  }
  return false
}

const quotationsIn = (text: string): string[] =>
  [...text.matchAll(/[“"「『《〈【]([^”"」』》〉】]*)[”"」』》〉】]/gu)].map(
    ([, quotation]) => quotation ?? '',
  )

/** Offices, places, means: with the two characters before, which tell one from another. */
const NAMED =
  /\p{Script=Han}{0,2}(?:街道|乡镇|社区|居委会|村委会|委员会|民政局|局|厅|部门|中心|机构|工作站|联合会|协会|基金会|政府|办事处|派出所|法院|银行|医院|学校|公司|网站|窗口|平台|大厅|省|市|县|自治区)/gu
/** What a sentence puts before a name. */
const withoutGlue = (named: string): string =>
  named.replace(/^.*?[到去找由向在和与给请您是要从交跟让再先的地得了把等]/u, '')

/** Words that bind, free or cost. */
const BINDING =
  /必须|应当|应该|不得|禁止|严禁|不用|不必|不需要|无需|无须|免费|收费|罚款|处罚|取缔|撤销|自动|永久|长期|终身|补贴|奖励|法人|视为|默认|口头|电话|网上|代签|随时|立即|当天|次日|次月|每年|每月|每季|每周|半年|月底|年底|月初/gu

const NEGATION = /(?:不|没有?|无|未|非|勿|别|免)/u

/** A negation must stand as it does in the passage, and what the passage only denies may not be affirmed. */
function keepsNegations(said: string, source: string): boolean {
  for (const { index } of said.matchAll(new RegExp(NEGATION, 'gu'))) {
    const piece = said.slice(index, index + 3).replace(/[^\p{Script=Han}\d].*$/u, '')
    if (!source.includes(piece)) return false
  }
  for (const found of source.matchAll(new RegExp(NEGATION, 'gu'))) {
    const denied = source.slice(found.index + found[0].length, found.index + found[0].length + 2)
    if (!/^\p{Script=Han}{2}$/u.test(denied)) continue
    if (affirms(said, denied) && !affirms(source, denied)) return false
  }
  return true
}

function affirms(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!new RegExp(`${NEGATION.source}$`, 'u').test(text.slice(Math.max(0, at - 2), at))) return true
  }
  return false
}

const sentencesOf = (said: string): string[] => said.split(/[。!?;；！？]/u).filter((part) => part !== '')

/** What every sentence is held together with. */
const GLUE =
  /简单说|也就是说|就是说|也就是|您的|您要|您|请|的话|如果|那么|就行了?|就可以|需要|记得|然后|接着|根据|按照|按|文件|规定|来说|时候|所以|因此|其中|以及|并且|而且|还要|就要|只要|先|再|就|要|是|的|了|和|在|到|由|把|吧|啊|呢|也|都|还|这|那|会|上|去|做|办/gu

function isCovered(sentence: string, source: string): boolean {
  const pieces = sentence.replace(GLUE, ' ').split(/[^\p{Script=Han}\d]+/u)
  const pairs = pieces.flatMap((piece) =>
    [...piece].slice(1).map((sign, at) => `${[...piece][at] ?? ''}${sign}`),
  )
  if (pairs.length === 0) return true
  return pairs.filter((pair) => source.includes(pair)).length / pairs.length >= COVERED
}
