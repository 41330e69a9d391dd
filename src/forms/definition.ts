import { z } from 'zod'

/** "That field has this value": the whole condition language. More than this is a rule in `filings/`. */
export const Condition = z.strictObject({ field: z.string(), is: z.union([z.string(), z.boolean()]) })
export type Condition = z.infer<typeof Condition>

export const Option = z.strictObject({
  /** What is stored. */
  value: z.string(),
  /** What is printed and shown. */
  text: z.string(),
  /** Other ways people say it. */
  say: z.array(z.string()).default([]),
  /** Words that often, not surely, mean this option: proposed back, or asked back when several options list them. */
  maybe: z.array(z.string()).default([]),
  /** Code of the national standard, where one exists. */
  code: z.string().optional(),
  /** One plain example line shown behind the option. */
  hint: z.string().optional(),
})
export type Option = z.infer<typeof Option>

/** What a question and a column of a repeating row have in common. */
const common = {
  id: z.string().regex(/^[a-z][A-Za-z]*$/),
  /** The printed label, shown in 【】. */
  label: z.string(),
  /** Words that say too little for the form: 本地 for 籍贯. */
  vague: z.array(z.string()).default([]),
  /** Other words people use for this field (改电话, 地址); the label's own words need not be repeated. */
  aliases: z.array(z.string()).default([]),
  type: z.enum([
    'choice',
    'place',
    'organizationName',
    'venue',
    'count',
    'personName',
    'phone',
    'idNumber',
    'month',
    'period',
    'text',
    'longText',
    'rows',
    'roster',
    'meeting',
    'day',
  ]),
  /** The question, one short plain sentence. */
  ask: z.string(),
  /** Said on 听不懂: plainer words. */
  explain: z.string(),
  example: z.string(),
  /** Label of the clause of the source document this question comes from. */
  clause: z.string(),
  options: z.array(Option).default([]),
  optional: z.boolean().default(false),
  /** About a person: asked only after consent, and never in a group. */
  personal: z.boolean().default(false),
  /** Identity number, phone, home address: masked wherever it is shown. */
  sensitive: z.boolean().default(false),
  when: Condition.optional(),
  /** How many characters the printed cell holds; what is longer goes to the continuation sheet (附页). */
  fits: z.int().positive().optional(),
  /** Hard limit on the stored text. */
  longest: z.int().positive().default(500),
  /** Ready texts to accept or edit, each for names or words it suits. */
  suggestions: z.array(z.strictObject({ words: z.array(z.string()), text: z.string() })).default([]),
  /** Words offered as quick answers, any other text being as good. */
  quick: z.array(z.string()).default([]),
  /** `text`: several of the quick answers may be given together, also by their numbers. */
  several: z.boolean().default(false),
  /** `longText`: words that say what the rules do not allow; the answer is read back with the reason. */
  doubts: z.array(z.strictObject({ words: z.array(z.string()).min(1), because: z.string() })).default([]),
  /** `longText`: words that answer it wherever they are said; `text` is then read back as the answer. */
  early: z.array(z.strictObject({ words: z.array(z.string()).min(1), text: z.string() })).default([]),
  /** `text`: words around the answer that are no part of it, 老家湖南 and 柳州人. */
  strip: z
    .strictObject({ before: z.array(z.string()).default([]), after: z.array(z.string()).default([]) })
    .optional(),
  /** `period`: the field with the person's identity number, and the age from which a beginning needs no second look. */
  since: z.strictObject({ idNumber: z.string(), age: z.int().positive() }).optional(),
  /** Other answers this one may repeat (跟活动场所一样): `field` or `field.part`, and how people call it. */
  copies: z.array(z.strictObject({ from: z.string(), words: z.array(z.string()) })).optional(),
}

export const Column = z.strictObject(common)
export type Column = z.infer<typeof Column>

export const Field = z.strictObject({
  ...common,
  sitting: z.string(),
  /** `rows`: the cells of one row, asked one by one. `roster`: only the first must be given, many rows a message. */
  columns: z.array(Column).default([]),
  /** What is asked before each further row. */
  askMore: z.string().optional(),
  /** How many rows there must be before 没有了. */
  least: z.int().default(0),
  most: z.int().positive().default(50),
})
export type Field = z.infer<typeof Field>

/**
 * Where a tag of the Word file gets its text: `field`, `field.part`, a cell that ink fills, or rows.
 * A `.part` is one the field's type knows, for example `principalIdNumber.birthMonth`.
 */
export const Cell = z.union([
  z.string(),
  /** The first whose condition holds; empty when none does. */
  z.array(z.strictObject({ from: z.string(), when: Condition })),
  z.strictObject({ blank: z.string() }),
  z.strictObject({
    rows: z.string(),
    /** A first row taken from single fields: column tag to `field` or `field.part`. */
    first: z.record(z.string(), z.string()).optional(),
    /** Column tag to column id or `column.part`. */
    columns: z.record(z.string(), z.string()),
    /** Blank rows are added up to this many, for handwriting. */
    atLeast: z.int().default(0),
    /** Blank rows where there is nobody yet: a list that is printed half-filled is written by hand. */
    whenEmpty: z.int().default(0),
  }),
])
export type Cell = z.infer<typeof Cell>

export const Paper = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Path of the .docx inside the pack. */
  template: z.string(),
  /** What people are given it as. */
  formats: z.array(z.enum(['docx', 'xlsx'])).default(['docx']),
  cells: z.record(z.string(), Cell),
})
export type Paper = z.infer<typeof Paper>

/** Something a change filing may change: which fields of the record it asks anew. */
export const Change = z.strictObject({
  value: z.string(),
  text: z.string(),
  say: z.array(z.string()).default([]),
  /** Asked again, all of them: a new leader brings the leader's details. */
  fields: z.array(z.string()).min(1),
  /** Of these, what stands in 变更前内容 and 变更后内容; all when empty. */
  printed: z.array(z.string()).default([]),
})
export type Change = z.infer<typeof Change>

export const FormDefinition = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  kind: z.enum(['initial', 'change', 'cancellation', 'renewal', 'charter']).default('initial'),
  /** The form whose filed answers this one starts from and may ask again. */
  record: z.string().optional(),
  title: z.string(),
  /** `change` only. The field of type `rows` named `changes` holds the chosen ones in its first column. */
  changes: z.array(Change).default([]),
  sittings: z.array(z.strictObject({ id: z.string(), title: z.string() })),
  fields: z.array(Field),
  declaration: z.string(),
  /** Names (`field` or `field.column`) that the roster should contain; a reminder, never a refusal. */
  rosterIncludes: z.array(z.string()).default([]),
  papers: z.array(Paper),
})
export type FormDefinition = z.infer<typeof FormDefinition>
