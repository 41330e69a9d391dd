import type { Column, Field } from './definition.ts'
import type { ReadContext } from './field-type.ts'
import { bare } from './said.ts'

const SAME =
  /^(?:也|就|都)?(?:(?:跟|和|与|同|像)(.{1,12}?)(?:的|是|写)*(?:一样|相同|一致|同一个|同一处)|(.{0,6}?)的?一样)(?:的|了)?$/u
const ABOVE = /^(?:也|就)?(?:同|如|照|跟|和)(?:上|前|刚才|之前|以)(?:上|面|边|的|一样)*$/u

/**
 * 跟活动场所一样, 同上: words that point to another answer instead of giving one. `value` is what the field's
 * `copies` lead to, undefined where they name nothing or it is not answered. Undefined for any other text.
 */
export function sameAs(
  text: string,
  field: Field | Column,
  context: ReadContext,
): { named: string; value?: unknown } | undefined {
  const said = bare(text)
  const [, behindLead, alone] = SAME.exec(said) ?? []
  const named = behindLead ?? alone
  if (named === undefined) return ABOVE.test(said) ? { named: '上面' } : undefined
  const source = field.copies?.find(({ words }) => words.some((word) => named.includes(word)))
  return source ? { named, value: valueAt(source.from, context) } : { named }
}

/** `field` or `field.part` of what was answered. */
function valueAt(from: string, { answers }: ReadContext): unknown {
  const [id = '', part] = from.split('.')
  const answer = answers[id]
  const value = answer && 'value' in answer ? answer.value : undefined
  if (part === undefined) return value
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[part] : undefined
}
