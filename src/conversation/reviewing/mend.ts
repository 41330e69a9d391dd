import { PAPERS } from '../../filings/filing.ts'
import type { Column, Field, FormDefinition } from '../../forms/definition.ts'
import { findFields } from '../interview/filling.ts'

const ON_PAPER = /(盖章|签字|签名|纸|材料|附件)/
const PAPER_NAMES = /^(?:纸质|申请)?(?:盖章|签字|签名|材料|附件|纸质?件)$/

/** The fields a return names (of several with a label the first), or PAPERS. */
export function whatToMend(items: string, reason: string, { fields }: FormDefinition): string[] {
  const named = partsOf(items).flatMap((name) => {
    const found = fieldsMeant(name, fields)
    return found.length > 0 ? [found[0]!.id] : ON_PAPER.test(name) ? [PAPERS] : []
  })
  const guessed = named.length > 0 ? named : fieldsMeant(firstWords(reason), fields).map(({ id }) => id)
  return guessed.length > 0 ? guessed : [PAPERS]
}

/** 「退回 1 联系电话」 names a field and gives no reason. */
export function namesOnly(reason: string, { fields }: FormDefinition): boolean {
  const parts = partsOf(reason)
  return parts.every((part) => PAPER_NAMES.test(part) || labels(fields).some((label) => isPart(part, label)))
}

const partsOf = (text: string): string[] => text.split(/[、,，;；。\s]+/).filter(Boolean)

/** 「联系电话少一位」 without a colon begins with the field's name. */
const firstWords = (reason: string): string => reason.slice(0, 6)

const plain = (text: string): string => text.replace(/[·\s的]/g, '')

const isPart = (part: string, label: string): boolean =>
  [...plain(part)].length > 1 && plain(label).includes(plain(part))

const labels = (fields: readonly Field[]): string[] =>
  fields.flatMap((field) => [field.label, ...field.aliases, ...cellsOf(field)])

/** What the cells of a list are called with the list before them: 负责人名单·身份证号码. */
const cellsOf = (field: Field | Column): string[] => ('columns' in field ? ofList(field) : [])

const ofList = ({ label, columns }: Field): string[] =>
  columns.map((column) => (column.label.startsWith(label) ? column.label : `${label}·${column.label}`))

/** A cell of a list is mended in that list. */
export function fieldsMeant<Asked extends Field | Column>(name: string, fields: readonly Asked[]): Asked[] {
  const word = plain(name)
  const exact = fields.filter((field) => plain(field.label) === word)
  if (exact.length > 0) return exact
  const owners = fields.filter((field) => cellsOf(field).some((cell) => plain(cell) === word))
  return owners.length > 0 ? owners : findFields(name, fields)
}
