import { isAddressed, isClearName, looksLikeSentence } from './field-types/person-name.ts'
import { withoutFillers } from './fillers.ts'
import { phonesIn } from './field-types/phone.ts'
import { isPosition } from './positions.ts'
import { lengthOf, plain } from './said.ts'
import { hasDoubleSurname } from './surnames.ts'

/** One member. Identity numbers and addresses are never part of a roster. */
export type Person = { name: string; gender?: string; phone?: string; position?: string }

/** What is said of a line that was not taken as it stands. */
export const problems = {
  idNumber: '身份证号不用交，已去掉',
  fullName: '请写身份证上的姓名',
  noName: '没读到姓名，请写成“姓名 性别 电话”',
  badPhone: '电话不对，先没记，请单独再发一次“姓名 电话”',
  needsAreaCode: '座机要加区号，先没记',
  repeated: '和前面重复，只记一次',
  samePhone: '电话和别人的一样，请核对',
  tooLong: '这一行太长，没读',
  tooMany: '人太多，后面的没读',
}

const NUMBERING =
  /^\s*(?:[(（[【]\s*(?:\d{1,4}|[一二三四五六七八九十]{1,3})\s*[)）\]】]\s*[.、]?|第?\d{1,4}\s*(?:[.、．::))]|号|位|(?=[\p{Script=Han}])|\s+)|[①-⑳⑴-⒇]\s*[.、]?|[一二三四五六七八九十]{1,3}\s*[、.．]|[-•·*●○]\s*)\s*/u
const LABEL =
  /(?<=^|[\s,])(?:姓名|名字|性别|联系电话|联系方式|手机号码|手机号|手机|电话号码|电话|座机|固话|队内职务|职务|职位|备注|年龄)\s*[:是]?\s*/gu
/** Stand for the phones of a line while its words are taken apart. */
const PHONE_SIGNS = [...'ⓐⓑⓒⓓⓔⓕⓖⓗⓘⓙⓚⓛⓜⓝⓞⓟⓠⓡⓢⓣⓤⓥⓦⓧⓨⓩ']

const GENDER = /^(?:性别)?(男|女)(?:性|的|士)?$/u

/** 再加一个, 还有一位是, 新增: words that lead to people. */
const ADDING =
  /^(?:(?:然后|另外|再|还|又|也)*(?:有|加上?|添上?|增加|新增|补充?|补上|报|来了?)(?:了)?(?:(?:一|两|二|三|几|\d)?(?:个|位|名)?(?:人|新人|新来的|新队员)?)(?:是|叫)?[\s,、:]*)(?=\p{Script=Han}{2}|\d)/u

/** The people of one typed line, without its number. */
export function readLine(line: string): { people: Person[]; problem?: string } {
  const listed = withoutAdding(plain(line))
  const isNumbered = NUMBERING.test(listed)
  const found: string[] = []
  let said = withoutAdding(withoutFillers(listed.replace(NUMBERING, '')))
  said = said.replace(/[1-9](?:[\s-]?\d){16}[\s-]?[\dXx×](?!\d)|(?<!\d)\d{15}(?!\d)/g, (digits) => {
    // Two phones side by side are twenty-two digits; eighteen are an identity number.
    if (phonesIn(digits).length > 0 && /\s/.test(digits)) return digits
    found.push(problems.idNumber)
    return ' '
  })
  const phones = phonesIn(said)
  for (const [index, { start, end }] of [...phones.entries()].toReversed()) {
    said = `${said.slice(0, start)} ${PHONE_SIGNS[index] ?? ''} ${said.slice(end)}`
  }
  said = said.replace(/\d(?:[\s-]?\d){5,}[Xx]?/g, (digits) => {
    const count = digits.replace(/\D/g, '').length
    found.push(
      count === 7 && !digits.startsWith('1')
        ? problems.needsAreaCode
        : count >= 15
          ? problems.idNumber
          : problems.badPhone,
    )
    return ' '
  })
  said = said.replace(LABEL, ' ').replace(/[()[\]【】]/g, ' ')
  const isList = !isNumbered || said.includes('、')
  const tokens = tokensOf(said)
  if (joinSplitNames(tokens).some(isAddressed)) found.push(problems.fullName)
  const people = assemble(tokens, isList, phones)
  const problem = found.length > 0 ? [...new Set(found)].join('；') : undefined
  return problem === undefined ? { people } : { people, problem }
}

/** 还有钱八 is 钱八, but 来福生 is a name. */
const withoutAdding = (said: string): string => (isClearName(said) ? said : said.replace(ADDING, ''))

/** 王 秀英 stays two tokens; 王秀英女 becomes 王秀英 and 女. */
const tokensOf = (said: string): string[] =>
  said
    .split(/[\s,;、|/。:+\-—_~]+/)
    .map((token) => token.replace(/^(?:我是|我叫|叫)/u, '').replace(/\.+$/, ''))
    .filter((token) => token !== '')
    .flatMap((token) => {
      const glued = /^(\p{Script=Han}{2,5})(男|女)$/u.exec(token)
      const [, name = '', gender = ''] = glued ?? []
      // 王胜男 is a name, 李梅女 is a name and a sex.
      const isName =
        !glued ||
        (lengthOf(name) === 2 && gender === '男') ||
        (hasDoubleSurname(name) && lengthOf(name) === 3)
      return isName || !isClearName(name) ? [token] : [name, gender]
    })
    .flatMap(apartFromPosition)
    .flatMap((token) => {
      const both = /^(.+?)(?:和|还有|以及|跟)(.+)$/u.exec(token)?.slice(1) ?? []
      // 王和平 is one name.
      return both.length === 2 && both.every(isClearName) ? both : [token]
    })

/** 王秀英队长 and 队长王秀英 are a name and a position. */
function apartFromPosition(token: string): string[] {
  if (isPosition(token)) return [token]
  for (let at = 2; at <= token.length - 2; at++) {
    const [head, tail] = [token.slice(0, at), token.slice(at)]
    if (isPosition(tail) && isClearName(head)) return [head, tail]
    if (isPosition(head) && isClearName(tail)) return [tail, head]
  }
  return [token]
}

function assemble(tokens: string[], isList: boolean, phones: { value: string }[]): Person[] {
  const people: Person[] = []
  let current: Person | undefined
  const words = joinSplitNames(tokens)
  for (const [index, word] of words.entries()) {
    const gender = GENDER.exec(word)?.[1]
    const phone = phones[PHONE_SIGNS.indexOf(word)]?.value
    if (phone !== undefined) {
      if (current) current.phone ??= phone
    } else if (gender !== undefined) {
      if (current) current.gender = gender
    } else if (isPosition(word)) {
      if (current) current.position = word
    } else if (isNameHere(word, current, words[index + 1], isList)) {
      current = { name: word.replace(/[・•.]/g, '·') }
      people.push(current)
    } else if (current && current.position === undefined && isRemark(word)) {
      current.position = word
    }
  }
  return people
}

/** A name begins a person: the first one always, later ones where the line is a list or a sex or phone follows. */
function isNameHere(
  word: string,
  current: Person | undefined,
  next: string | undefined,
  isList: boolean,
): boolean {
  if (isAddressed(word)) return false
  if (current === undefined) {
    return isClearName(word) || (/^\p{Script=Han}{2,4}$/u.test(word) && !looksLikeNoName(word))
  }
  if (!isClearName(word)) return false
  const followed = next !== undefined && (PHONE_SIGNS.includes(next) || GENDER.test(next))
  const alone = current.gender === undefined && current.phone === undefined
  return followed || (isList && alone)
}

const looksLikeNoName = (word: string): boolean =>
  looksLikeSentence(word) ||
  /(?:队|团|社区|街道|名单|人员|没有|不知道|电话|大家|备案|退休|活动|我们|你们|他们|一下|这个|那个|可以|已经)/u.test(
    word,
  )

/** A short word behind a name is what the person does: 领舞, 支部书记, 高音. */
const isRemark = (word: string): boolean =>
  /^[\p{Script=Han}]{2,10}$/u.test(word) &&
  !/^(?:汉族|壮族|党员|群众)$/u.test(word) &&
  !looksLikeSentence(word)

/** 李 明 typed to line up with three-character names is one name. */
function joinSplitNames(tokens: string[]): string[] {
  const joined: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const [token = '', next = ''] = [tokens[at], tokens[at + 1]]
    const splits =
      /^\p{Script=Han}$/u.test(token) &&
      /^\p{Script=Han}{1,2}$/u.test(next) &&
      !GENDER.test(token) &&
      !GENDER.test(next)
    if (splits && isClearName(token + next)) {
      joined.push(token + next)
      at++
    } else joined.push(token)
  }
  return joined
}
