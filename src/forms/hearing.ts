import type { FieldType } from './field-type.ts'
import { withoutFillers } from './fillers.ts'
import { sameAs } from './same-as.ts'

/** A type that hears what people mean: without their fillers, and with 跟…一样 for the value it points to. */
export const hearing = <V>(type: FieldType<V>): FieldType<V> => ({
  ...type,
  read(text, field, context) {
    const said = withoutFillers(text)
    // At a choice 一样 may be one of its words.
    const pointed = field.options.length === 0 ? sameAs(said, field, context) : undefined
    if (pointed === undefined) return type.read(said, field, context)
    const value = type.Value.safeParse(pointed.value)
    return value.success
      ? { type: 'doubtful', value: value.data, because: `和${pointed.named}一样` }
      : { type: 'impossible', because: '这一格要单独写，请直接说出来' }
  },
  ...(type.merge && {
    merge: (value: V, text, field, context) =>
      type.merge?.(value, withoutFillers(text), field, context) ?? { type: 'unlike' },
  }),
})
