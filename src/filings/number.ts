import { halfWidth } from '../forms/said.ts'
import type { NumberRules } from '../pack.ts'

/**
 * 附件1填表说明4: the filing authority fills the number in sequence. How it looks is not said there; the template
 * pack says it. Authorities are codes of streets and towns.
 */

/** 柳北解备〔2026〕1号. Throws RangeError for an authority the pack has no prefix for: `loadPack` refuses such a pack. */
export function formatNumber(rules: NumberRules, authority: string, year: number, number: number): string {
  const prefix = rules.prefixes[authority]
  if (prefix === undefined) throw new RangeError(`the template pack has no number prefix for ${authority}`)
  return rules.pattern
    .replace('{prefix}', prefix)
    .replace('{year}', String(year))
    .replace('{number}', String(number).padStart(rules.padding, '0'))
}

/** The store's sequence that numbers of an authority and year are taken from. */
export const numberSequence = (authority: string, year: number): string => `number:${authority}:${year}`

/** What the pack says that sequence begins with: numbers below were given on paper before. */
export const configuredFirst = (rules: NumberRules, authority: string, year: number): number | undefined =>
  rules.first[authority]?.[String(year)]

export type ParsedNumber = { authority: string; year: number; number: number }

/** Takes apart a number of this pack's pattern, however its brackets were typed; undefined for any other. */
export function parseNumber(rules: NumberRules, text: string): ParsedNumber | undefined {
  const said = normalizeNumber(text)
  for (const [authority, prefix] of Object.entries(rules.prefixes)) {
    const [before = '', between = '', after = ''] = rules.pattern
      .replace(/[[(【〖［（](?=\{year\})/u, '〔')
      .replace(/(?<=\{year\})[\])】〗］）]/u, '〕')
      .replace('{prefix}', prefix)
      .split(/\{year\}|\{number\}/)
    const rest = said.startsWith(before) && said.endsWith(after) ? said.slice(before.length) : undefined
    const digits = rest?.slice(0, after === '' ? undefined : -after.length)
    const [, year, between1, number] = /^(\d{4})(\D*)(\d{1,6})$/.exec(digits ?? '') ?? []
    if (between1 !== between || Number(number) < 1) continue
    return { authority, year: Number(year), number: Number(number) }
  }
  return undefined
}

/**
 * Year and place in the sequence of any number that was ever given, whatever pattern and prefixes the pack has now:
 * neither may have digits of its own, so the year and the place are all the digits there are.
 */
export function sequenceIn(text: string): { year: number; number: number } | undefined {
  const [, year, number] = /^\D*(\d{4})\D+(\d{1,6})\D*$/.exec(halfWidth(text)) ?? []
  return year === undefined ? undefined : { year: Number(year), number: Number(number) }
}

/** Whose number it is by its prefix, the longest that stands in it; undefined where the pack has no such prefix now. */
export const authorityIn = ({ prefixes }: NumberRules, text: string): string | undefined =>
  Object.entries(prefixes)
    .filter(([, prefix]) => text.includes(prefix))
    .sort(([, a], [, b]) => b.length - a.length)[0]?.[0]

/** Half-width digits, no spaces, and 〔〕 (U+3014, U+3015) for whatever brackets stand around the year. */
export const normalizeNumber = (text: string): string =>
  halfWidth(text)
    .replace(/\s/g, '')
    .replace(/[[({【〖［（]\s*(?=\d{4}[^\d])/u, '〔')
    .replace(/(?<=〔\d{4})[\])}】〗］）]/u, '〕')

/** 001号 and 1号 are one number: the form in which numbers are compared. */
export const numberKey = (text: string): string => normalizeNumber(text).replace(/(?<!\d)0+(?=\d)/g, '')

/** A number that belongs to no filing and never will, and why. */
export type VoidedNumber = { filingNumber: string; reason: string; by: string; at: string }

export type Gap = { number: number; filingNumber: string; reason?: string }

/**
 * The numbers of an authority and year that no filing has, from the first that was or is to be given up to the
 * highest; each voided one with its reason. `filed` and `voided` are numbers of this authority, of any year and given
 * under any pattern; a gap is written by the present one.
 */
export function gapsIn(
  rules: NumberRules,
  authority: string,
  year: number,
  filed: readonly string[],
  voided: readonly VoidedNumber[],
): Gap[] {
  const of = (text: string): number[] => {
    const given = sequenceIn(text)
    return given?.year === year ? [given.number] : []
  }
  const taken = new Set(filed.flatMap(of))
  const reasons = new Map(
    voided.flatMap(({ filingNumber, reason }) => of(filingNumber).map((n) => [n, reason])),
  )
  const highest = Math.max(0, ...taken, ...reasons.keys())
  const lowest = Math.min(configuredFirst(rules, authority, year) ?? 1, ...taken)
  const gaps: Gap[] = []
  for (let number = lowest; number <= highest; number++) {
    if (taken.has(number)) continue
    const filingNumber = formatNumber(rules, authority, year, number)
    const reason = reasons.get(number)
    gaps.push({ number, filingNumber, ...(reason === undefined ? {} : { reason }) })
  }
  return gaps
}
