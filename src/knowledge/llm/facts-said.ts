import { numeral } from '../../forms/numbers.ts'

/** The facts in a text, whoever wrote it: its numbers, and the offices and places it names. */

/** Words that merely look like numbers. */
const NO_NUMBER =
  /一般|一定|一样|一些|一起|一直|一下|一旦|一律|一切|一概|一边|一点|万一|统一|唯一|进一步|十分|千万|不一/g
const NUMERALS = /(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万])+/g

/** One way to write everything: width, case, spaces, 二 and 两 and 2. */
export const comparable = (text: string): string =>
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

export const numbersIn = (said: string): string[] => [...said.matchAll(NUMBER)].map(([number]) => number)

/** 2年 does not stand in 2022年, nor 5日 in 25日, nor a bare 9 in 9月. */
export function hasNumber(source: string, number: string): boolean {
  for (let at = source.indexOf(number); at >= 0; at = source.indexOf(number, at + 1)) {
    const before = source[at - 1] ?? ''
    const after = source.slice(at + number.length)
    const cutBefore = /^\d/.test(number) && /[\d.]/.test(before)
    if (!cutBefore && !(/\d$/.test(number) && CONTINUES.test(after))) return true
  }
  return false
}

/** Offices, places, means: with the two characters before, which tell one from another. */
const NAMED =
  /\p{Script=Han}{0,2}(?:街道|乡镇|社区|居委会|村委会|委员会|民政局|局|厅|部门|中心|机构|工作站|联合会|协会|基金会|政府|办事处|派出所|法院|银行|医院|学校|公司|网站|窗口|平台|大厅|省|市|县|自治区)/gu
/** What a sentence puts before a name. */
const withoutGlue = (named: string): string =>
  named.replace(/^.*?[到去找由向在和与给请您是要从交跟让再先的地得了把等]/u, '')

export const namesIn = (said: string): string[] =>
  [...said.matchAll(NAMED)].map(([named]) => withoutGlue(named))

/** What every sentence is held together with. */
export const GLUE =
  /简单说|也就是说|就是说|也就是|您的|您要|您|请|的话|如果|那么|就行了?|就可以|需要|记得|然后|接着|根据|按照|按|文件|规定|来说|时候|所以|因此|其中|以及|并且|而且|还要|就要|只要|先|再|就|要|是|的|了|和|在|到|由|把|吧|啊|呢|也|都|还|这|那|会|上|去|做|办/gu
