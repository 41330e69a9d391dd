import type { z } from 'zod'
import type { Day } from '../clock.ts'
import type { Answers } from './answers.ts'
import type { Column, Field } from './definition.ts'

/** What a person's words mean as the value of one field. Values are never guessed. */
export type Reading<V = unknown> =
  /** One reading. */
  | { type: 'clear'; value: V }
  /** One likely reading that needs a yes: shown back with 对吗?. `because` is one short sentence. */
  | { type: 'doubtful'; value: V; because: string }
  /** Several readings, asked back as a numbered choice. */
  | { type: 'ambiguous'; ask: string; options: { text: string; value: V }[] }
  /** Meant as such a value but cannot be right. `because` tells the person why; the field's example follows. */
  | { type: 'impossible'; because: string }
  /** Nothing like an answer to this question. */
  | { type: 'unlike' }

export type ReadContext = {
  today: Day
  /** Everything answered so far, for types that build on other answers. */
  answers: Answers
}

/** One printed cell: text, or for repeating parts a list of rows by part name. */
export type Parts = Record<string, string>

/**
 * How values of one type are read, checked, shown and printed.
 * `V` is plain JSON; `Value` parses it when it comes back from disk or from an older form.
 */
export type FieldType<V = unknown> = {
  Value: z.ZodType<V>
  /** The whole message is the answer to this field's question. */
  read(text: string, field: Field | Column, context: ReadContext): Reading<V>
  /**
   * Picks such a value out of a longer message that also says other things; undefined unless unmistakable
   * (the right shape, or introduced by the field's label or an alias). `matched` is the piece of text used up.
   */
  find?(
    text: string,
    field: Field | Column,
    context: ReadContext,
  ): { reading: Reading<V>; matched: string } | undefined
  /**
   * The question that completes a value given in part, for example 场地大概多少平方米？; undefined when it is whole.
   * A value with something missing may be stored, but its field is not answered yet.
   */
  missing?(value: V, field: Field | Column): string | undefined
  /** What the answer to `missing`'s question makes of the value so far. */
  merge?(value: V, text: string, field: Field | Column, context: ReadContext): Reading<V>
  /** What may have been meant where a value was read back and refused: asked as a numbered choice. */
  instead?(value: V, field: Field | Column): { text: string; value: V }[]
  /** For the chat. Sensitive values are masked: 450205********102X, 138****1234, the first part of an address. */
  show(value: V, field: Field | Column): string
  /** For paper, unmasked: the part `''` is the whole; other parts by name (`sex`, `birthMonth`, `address`, `area`). */
  print(value: V, field: Field | Column): Parts
}

/** The types of all fields of a form by their names in the form's file. */
export type FieldTypes = Readonly<Record<Field['type'], FieldType>>
