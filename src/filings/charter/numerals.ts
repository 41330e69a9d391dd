const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 to 99 as articles and items are counted: 一, 十, 十九, 二十三. */
export const chineseNumeral = (number: number): string => {
  const tens = Math.floor(number / 10)
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十`
  return `${ten}${DIGITS[number % 10] ?? ''}`
}
