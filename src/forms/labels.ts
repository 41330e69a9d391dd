import type { Column, Field } from './definition.ts'
import { oncePer } from './once-per.ts'
import { plain } from './said.ts'

/** The words by which people call a field: its printed label, the label's last part, its aliases; longest first. */
export const labelWords = oncePer((field: Field | Column): readonly string[] => {
  const words = [...printedWords(field), ...field.aliases.map(plain)]
  return [...new Set(words)].filter((word) => word !== '').sort((a, b) => b.length - a.length)
})

/** The printed label's own words: 主要负责人·籍贯 is also called 籍贯. */
export const printedWords = oncePer((field: Field | Column): readonly string[] => {
  const label = plain(field.label)
  const parts = label.split('·')
  return [label, parts.join(''), parts.join('的'), parts.at(-1) ?? ''].filter((word) => word !== '')
})

export const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export const CONNECTOR = '\\s*(?:号码?)?\\s*(?:就?是|为|叫做?|就?在|:|=|写|填)\\s*'

export const CONNECTOR_OR_NOTHING = `(?:${CONNECTOR}|\\s*)`

/** 「籍贯是广西柳州」 without its 籍贯是; other texts stay. */
export function withoutLabel(text: string, field: Field | Column): string {
  const said = plain(text)
  if (!labelWords(field).some((word) => said.includes(word))) return said
  const any = labelWords(field).map(escaped).join('|')
  const own = printedWords(field).map(escaped).join('|')
  return said.replace(
    new RegExp(
      `^(?:我们?的?|他的?|她的?|本人的?)?(?:(?:${any})${CONNECTOR}|(?:${own})(?:\\s+|[,，]\\s*)(?=\\S))(?=.)`,
      'u',
    ),
    '',
  )
}
