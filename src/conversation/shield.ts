/**
 * The group shield: identity numbers, phone numbers and home addresses are never taken from a group.
 * It looks at digits however they are written; a number that is neither stays harmless.
 */
const spoken: Record<string, string> = {
  零: '0',
  〇: '0',
  洞: '0',
  一: '1',
  幺: '1',
  二: '2',
  两: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  拐: '7',
  八: '8',
  九: '9',
}

const homeAddress = /(家住|住在|住址|家庭地址)|\d+(栋|幢|单元|号楼)|\d{3,4}(室|房)/

export function holdsPersonalData(text: string): boolean {
  const plain = text.normalize('NFKC')
  const digits = plain
    .replace(/[零〇洞一幺二两三四五六七拐八九]/g, (character) => spoken[character]!)
    .replace(/[\s\-·.,，。_]/g, '')
  return (
    /(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)/.test(digits) ||
    /1[3-9]\d{9}/.test(digits) ||
    /0\d{2,3}[2-9]\d{6,7}(?!\d)/.test(digits) ||
    homeAddress.test(plain)
  )
}
