import { halfWidth, lengthOf } from './said.ts'

/** How sensitive values look in a chat. */

/** 450205********102X */
export const maskIdNumber = (id: string): string => `${id.slice(0, 6)}********${id.slice(-4)}`

/** 138****1234, 0772-***1234 */
export const maskPhone = (phone: string): string => {
  const mobile = /^(1\d{2})\d{4}(\d{4})$/.exec(phone)
  if (mobile) return `${mobile[1]}****${mobile[2]}`
  const area = /^(0\d{2,3})-?\d{3,4}(\d{4})$/.exec(phone)
  return area ? `${area[1]}-****${area[2]}` : `****${phone.slice(-2)}`
}

/** The first part of an address, never a number: 柳州市柳北区****. */
export const maskAddress = (address: string): string => {
  const coarse = /^.{2,12}?(?:街道|区|县|镇|乡)/u.exec(address)?.[0]
  const beforeNumber = (coarse ?? address).split(/[\d\uFF10-\uFF19一二三四五六七八九十百]/u)[0] ?? ''
  const kept = [...beforeNumber].slice(0, coarse ? 12 : Math.min(4, Math.floor(lengthOf(address) / 2)))
  return `${kept.join('')}****`
}

const LONG_NUMBER = /[+\d][\d\s\-—]{4,}[\dXx×]/g
const SPOKEN_NUMBER = /[零〇○一二三四五六七八九幺洞拐勾](?:[\s\-—]?[零〇○一二三四五六七八九幺洞拐勾\d]){6,}/g

/** Any text with its long numbers made unreadable: phones and identity numbers of whatever length. */
export const maskNumbers = (text: string): string =>
  halfWidth(text)
    .replace(SPOKEN_NUMBER, '****')
    .replace(LONG_NUMBER, (run) => {
      const digits = run.replace(/[\s\-—+]/g, '')
      if (digits.length >= 17) return `${digits.slice(0, 6)}********${digits.slice(-4)}`
      return `${digits.slice(0, 3)}****${digits.length >= 11 ? digits.slice(-4) : ''}`
    })

/** Prose with identity numbers and mobile phones masked; dates, case numbers and the rest as they were written. */
export const maskPersonal = (text: string): string =>
  text
    .replace(/(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])/g, maskIdNumber)
    .replace(/(?<!\d)1[3-9]\d{9}(?!\d)/g, maskPhone)
