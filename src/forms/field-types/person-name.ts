import { z } from 'zod'
import type { FieldType, Reading } from '../field-type.ts'
import { isPosition } from '../positions.ts'
import { couldAnswer } from '../question-words.ts'
import { lengthOf, pieces, plain } from '../said.ts'
import { startsWithSurname } from '../surnames.ts'

const LEAD =
  /^(?:嗯|哦|那|就|他|她|我|本人|负责人|主要负责人|联系人|这位|的|姓名|名字|大名)*(?:叫做?|是|为|:)\s*(?:叫)?\s*/u
const TAIL = /(?:女士|先生|同志|[吧啊呀哈嘛呗咯喽噻嘞哦啦]|[。,.!、])+$/u
const NAME = /^[\p{Script=Han}\u{20000}-\u{3FFFF}]{2,6}$/u
const DOTTED = /^[\p{Script=Han}\u{20000}-\u{3FFFF}]+(?:·[\p{Script=Han}\u{20000}-\u{3FFFF}]+){1,4}$/u
const ADDRESSED =
  /^(?:[老小大阿].{1,2}|.{1,2}(?:大?姐|大?哥|阿姨|叔叔?|师傅|老师|大爷|大妈|奶奶|爷爷|伯伯?|嫂|主任|书记|队长|团长|会长|总))$/u
const NO_NAME =
  /^(?:没有|没|无|有|不是|本人|自己|我自己|就是我|是我|我|同上|一样|负责人|主要负责人|退休|退休了|在职|党员|中共党员|团员|共青团员|群众|预备党员|男|女|男的|女的|小学|初中|高中|中专|大专|本科|大学|研究生|汉族|壮族|至今|姓名|名字|身份证|电话|号码|社区|志愿者|备案|名册)$/u
const NO_NAME_ENDING = /(?:社区|街道|志愿队|舞蹈队|艺术团|协会|队|公司|工厂|退休|学校|医院|小学|中学|大学)$/u

/** Who it is, but not what the name is. */
const MYSELF = /^(?:(?:主要)?负责人|.长)(?:就|也)?是(?:我|我自己|我本人|本人)[的啊呀吧。!]*$/u

/** Longer messages are no name with some words around it. */
const LONGEST = 80

/** Verbs and particles: 张三走了, 还有李四, 把王五删了 and 一个人 say something and name nobody. */
const SENTENCE =
  /删|退出|退队|离开|还有|再加|加上|加入|不来|不在|不干|不跳|不是|没有|去世|过世|一起|一样|一共|总共|这[个位里些]|那[个位里些]|怎么|什么|大家|他们|她们|走$|(?:马上|就|也|还|再|会|要|想)来|[我你您咱他她谁个]|[了吗呢么啦的]$|^(?:还|再|又|也|就|把|请|删|加|去掉|不|没)(?=..)/u

/** A name as it stands on the identity card: 2 to 6 Han characters, or parts joined by ·. */
export const personName: FieldType<string> = {
  Value: z.string().min(2).max(30),
  read(text) {
    if (lengthOf(text) > LONGEST || !couldAnswer(text)) return { type: 'unlike' }
    if (MYSELF.test(plain(text).replace(/\s/g, '')))
      return { type: 'impossible', because: '请说您的姓名，写身份证上的' }
    const stripped = nameText(text)
    const compact = stripped.replace(/ /g, '')
    const whole = nameReading(compact === stripped ? withoutPosition(compact) : compact)
    if (whole.type === 'clear') return whole
    if (namesSeveral(stripped)) return { type: 'impossible', because: '这里只写一位，请说一位的姓名' }
    const [first = '', ...rest] = pieces(stripped)
    const alone = nameReading(first)
    if (rest.length > 0 && lengthOf(first) >= 2 && alone.type === 'clear') {
      return { type: 'doubtful', value: alone.value, because: '这里只记姓名' }
    }
    return whole
  },
  find(text, field) {
    const match =
      /(?:^|[\s,。;、])(?:我(?:叫|是)|我?(?:的)?(?:姓名|名字|名)(?:叫|是|:)|负责人(?:叫|是|:)?|联系人(?:叫|是|:)?|(?:队|团|会|社|站|班|组|理事|所)长(?:叫|是|:)?|(?:我?(?:妈妈?|爸爸?|老伴|婆婆|奶奶|爷爷|外婆|外公)|[她他])叫|叫)\s*([^\s,。;、\d:]{2,20})/u.exec(
        plain(text),
      )
    if (!match) return undefined
    // Who leads it is the principal, in whatever words; a deputy is said with 副 before it.
    const named = /联系人|负责人|长/u.exec(match[0])?.[0].replace('长', '负责人')
    if (named !== undefined && !field.label.includes(named)) return undefined
    const reading = nameReading(withoutPosition(nameText(match[1] ?? '')))
    return reading.type === 'clear' ? { reading, matched: match[0].replace(/^[\s,。;、]/, '') } : undefined
  },
  show: (value) => value,
  print: (value) => ({ '': value }),
}

/** 队长王秀英 and 王秀英（队长）; 李主任 stays, for a surname alone is no name. */
function withoutPosition(name: string): string {
  for (const length of [4, 3, 2]) {
    const [head, tail] = [name.slice(0, length), name.slice(-length)]
    if (isPosition(head) && lengthOf(name) >= length + 2) return name.slice(length)
    if (isPosition(tail) && lengthOf(name) >= length + 2) return name.slice(0, -length)
  }
  return name
}

/** The words of a name without 我叫, 女士 and the like, dots of minority names made one. */
const nameText = (text: string): string =>
  plain(text)
    .replace(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu, '')
    .replace(/[・•∙⋅･‧.]/g, '·')
    .replace(/^(?:有|还有|就|嗯|对)[\s,、]+/u, '')
    .replace(LEAD, '')
    .replace(/^(?:我|本人)(?=.{2,4}$)/u, '')
    .replace(/["“”'()《》]/g, '')
    .replace(/·+$/, '')
    .replace(/(?:今年|现年|属[鼠牛虎兔龙蛇马羊猴鸡狗猪]).*$/u, '')
    .replace(TAIL, '')
    .trim()

function nameReading(name: string): Reading<string> {
  const compact = name.replace(/\s/g, '')
  if (/^[+\d][\d\s-]{5,}[\dXx]?$/.test(name) || NO_NAME.test(compact) || isPosition(compact)) {
    return { type: 'unlike' }
  }
  if (SENTENCE.test(compact)) return { type: 'unlike' }
  if (DOTTED.test(compact)) return { type: 'clear', value: compact }
  if (NAME.test(compact)) {
    if (ADDRESSED.test(compact)) return { type: 'impossible', because: '请写身份证上的姓名' }
    if (NO_NAME_ENDING.test(compact)) return { type: 'unlike' }
    const usual = startsWithSurname(compact) && lengthOf(compact) <= 4
    return usual
      ? { type: 'clear', value: compact }
      : { type: 'doubtful', value: compact, because: '这个姓名少见，核对一下' }
  }
  if (/^\p{Script=Han}$/u.test(compact)) return { type: 'impossible', because: '姓名至少两个字，请写全' }
  if (/^(?=.*\d)[\p{Script=Han}\d]{2,8}$/u.test(compact)) {
    return { type: 'impossible', because: '姓名里有数字，请只写姓名' }
  }
  if (/^[A-Za-z][A-Za-z·]*$/.test(compact) || /^\p{Script=Han}[A-Za-z*×]{1,3}$/u.test(compact))
    return { type: 'impossible', because: '请写身份证上的中文姓名' }
  return { type: 'unlike' }
}

/** 王秀英和李建国, 王秀英、李建国; 王和平 is one. */
const namesSeveral = (said: string): boolean => {
  const parts = said.split(/[\s,.;、。;|/]+|(?<=^.{2,4})(?:和|跟|与|还有|以及)(?=.{2,4}$)/u)
  return parts.length > 1 && parts.filter((part) => lengthOf(part) >= 2 && isClearName(part)).length > 1
}

/** Whether the words say something, as no name does. */
export const looksLikeSentence = (words: string): boolean => SENTENCE.test(words)

/** 小王, 王阿姨: somebody is meant, but not by name. */
export const isAddressed = (word: string): boolean => ADDRESSED.test(word) && !isPosition(word)

/** Whether a single word is surely a person's name: for lists and rows, where the place of a word says much. */
export const isClearName = (word: string): boolean =>
  word.length <= LONGEST && nameReading(nameText(word)).type === 'clear'
