import { hasDoubleSurname, startsWithSurname } from '../forms/surnames.ts'

/** What may leave for a model, or be kept for staff: words without numbers of people, addresses and names. */

const NUMBER =
  /(?:[+\d零〇一二三四五六七八九幺洞拐两][\s\-—·.,，、]?){6,}[\dxX零〇一二三四五六七八九幺洞拐两]/gu
const MAIL = /[\w.-]+@[\w.-]+/g
/** Where somebody lives: a cue and whatever holds a street, a house or a number. */
const HOME =
  /(家住|住在|我住|住址[是在:：]?|地址[是在:：])(?=[^，。？！,?!\n]{0,40}?(?:\d|路|街|巷|小区|屯|号|栋|院))[^，。？！,?!\n]{2,40}/gu
const HOUSE =
  /\p{Script=Han}{2,10}?(?:路|街|巷|大道|里|村|屯|小区)[\d一二三四五六七八九十]{1,5}(?:号|栋|幢|单元|楼|室|-)[\d一二三四五六七八九十号栋幢单元楼室房-]*|\d{1,4}(?:栋|幢|单元|号楼)[\d单元楼室房-]*/gu
const CALLED =
  /(我叫|名叫|名字叫|姓名[是叫:：])\s*(\p{Script=Han}{2,4}?)(?=$|[^\p{Script=Han}]|今年|想|要|是|的|住|在)/gu

/** What may stand right before a name inside a sentence. */
const BEFORE =
  /(?:[给把让叫是由问找替帮跟和与同对请为姓]|[队团会社站]长|理事长|秘书长|负责人|联系人|会计|主任|书记|经办)$/u
/** What may stand right after one. */
const AFTER =
  /^(?:$|[^\p{Script=Han}]|的|能|可以|是|当|要|想|没|不|有|住|家|今年|这|生病|退|走|去|来|电话|手机|身份证|也|在|同志|和|跟|都|说|问|已经|刚|把|为|死|病|老)/u
const TITLE =
  /^(?:阿姨|大爷|大妈|叔叔?|婶|奶奶|爷爷|老师|师傅|先生|女士|大姐|大哥|姐|哥|队长|会长|团长|主任|书记)/u

/**
 * The text with 〔号码〕, 〔地址〕 and 〔姓名〕 where those stood. `isWord` tells words of the document, which are
 * nobody's name: 章程, 任期, 党员.
 */
export function redacted(text: string, isWord: (word: string) => boolean): string {
  const plain = text
    .normalize('NFKC')
    .replace(MAIL, '〔号码〕')
    .replace(NUMBER, '〔号码〕')
    .replace(HOME, '$1〔地址〕')
    .replace(HOUSE, '〔地址〕')
    .replace(CALLED, '$1〔姓名〕')
  return withoutNames(plain, isWord)
}

function withoutNames(text: string, isWord: (word: string) => boolean): string {
  let done = ''
  let rest = text
  while (rest !== '') {
    const startsHere = done === '' || /[^\p{Script=Han}〕]$/u.test(done) || BEFORE.test(done)
    const length = startsHere ? nameLength(rest, isWord) : 0
    if (length > 0) done += '〔姓名〕'
    const taken = length > 0 ? rest.slice(0, length) : String.fromCodePoint(rest.codePointAt(0) ?? 0)
    if (length === 0) done += taken
    rest = rest.slice(taken.length)
  }
  return done
}

/** How many characters at the beginning are somebody's name; of 王阿姨 only the surname. */
function nameLength(rest: string, isWord: (word: string) => boolean): number {
  if (!startsWithSurname(rest)) return 0
  const double = hasDoubleSurname(rest)
  const surname = double ? 2 : 1
  if (TITLE.test(rest.slice(surname)) && !isWord(rest.slice(0, surname + 2))) return surname
  for (const length of double ? [4, 3] : [3, 2]) {
    const name = rest.slice(0, length)
    if (!new RegExp(`^\\p{Script=Han}{${length}}$`, 'u').test(name) || !AFTER.test(rest.slice(length)))
      continue
    // A word, or a word and what follows it: 党员能.
    if (!isWord(name) && !isWord(name.slice(0, 2))) return length
  }
  return 0
}
