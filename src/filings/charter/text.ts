import { z } from 'zod'
import { chineseNumeral } from './numerals.ts'

/** The 19 articles of the model charter (附件4) as data of the template pack: `charter.yaml`. */

/** `published` is the text as issued, slips included; `corrected` only where the bureau switched it on. */
export const CharterEdition = z.enum(['published', 'corrected'])
export type CharterEdition = z.infer<typeof CharterEdition>

/** Fee clauses stand or fall together (附件4第九条(四), 第十条(一), 第十一条第2段, 第十五条). */
const FeeClause = z.strictObject({ text: z.string().min(1), feeClause: z.literal(true) })

const Paragraph = z.union([
  z.string().min(1),
  z.strictObject({
    text: z.union([z.string().min(1), z.array(z.union([z.string().min(1), FeeClause]))]),
    corrected: z.string().min(1).optional(),
    /** For an organization of a whole street or town, which has no community. */
    streetLevel: z.string().min(1).optional(),
  }),
])
export type Paragraph = z.infer<typeof Paragraph>

/** Without number and final mark. `each` stands for as many items as its blank has. */
const Item = z.union([z.string().min(1), FeeClause, z.strictObject({ each: z.string() })])
export type Item = z.infer<typeof Item>

const ModelArticle = z.strictObject({
  number: z.string(),
  title: z.string().min(1),
  paragraphs: z.array(Paragraph).min(1),
  items: z.array(Item).default([]),
  /** 〔注：…〕: for whoever fills the charter in, never printed. */
  notes: z.array(z.strictObject({ label: z.string(), text: z.string() })).default([]),
})

export const CharterText = z.strictObject({
  title: z.string().min(1),
  articles: z
    .array(ModelArticle)
    .min(1)
    .max(99)
    .refine((articles) => articles.every(({ number }, at) => number === chineseNumeral(at + 1)), {
      message: '各条的 number 要从一开始，一条接一条',
    }),
})
export type CharterText = z.infer<typeof CharterText>

const BLANK = /\{\{([^{}]*)\}\}/g

/** A text as fixed wording and names of blanks in turn: even places are wording, odd ones blanks. */
export const splitAtBlanks = (text: string): string[] => text.split(BLANK)

export const fillBlanks = (text: string, valueOf: (blank: string) => string): string =>
  text.replace(BLANK, (_, blank: string) => valueOf(blank))

/** The wording of a paragraph for one organization: its edition, its level, with or without the fee clauses. */
export function wordingOf(
  paragraph: Paragraph,
  { edition, streetLevel, fee }: { edition: CharterEdition; streetLevel: boolean; fee: boolean },
): string {
  if (typeof paragraph === 'string') return paragraph
  if (streetLevel && paragraph.streetLevel !== undefined) return paragraph.streetLevel
  if (edition === 'corrected' && paragraph.corrected !== undefined) return paragraph.corrected
  if (typeof paragraph.text === 'string') return paragraph.text
  return paragraph.text
    .filter((piece) => fee || typeof piece === 'string')
    .map((piece) => (typeof piece === 'string' ? piece : piece.text))
    .join('')
}

/** One labelled piece of the model: a paragraph, an item, a place for further items, or a note. */
export type ModelPart = {
  /** Citation label: 附件4第六条(二). */
  label: string
  /** 1 to 19. */
  article: number
  /** Every wording it may have without its fee clause; none for places to be filled and for notes. */
  wordings: string[]
}

/** All pieces of the model in printed order, by the labels they are cited with. */
export function modelParts(text: CharterText): ModelPart[] {
  return text.articles.flatMap(({ number, paragraphs, items, notes }, at) => {
    const article = at + 1
    const name = `附件4第${number}条`
    const part = (label: string, wordings: string[]): ModelPart => ({ label, article, wordings })
    return [
      ...paragraphs.map((paragraph, index) =>
        part(index === 0 ? name : `${name}第${index + 1}段`, allWordings(paragraph)),
      ),
      ...items.flatMap((item, index) => {
        const numbered = `${name}(${chineseNumeral(index + 1)})`
        if (typeof item === 'string') return [part(numbered, [item])]
        if ('text' in item) return [part(numbered, [])]
        // 第五条 has nothing but places to be filled, of which two are printed with numbers.
        const printed = items.length === 1 ? [part(`${name}(一)`, []), part(`${name}(二)`, [])] : []
        return [...printed, part(`${name}续项`, [])]
      }),
      ...notes.map(({ label }) => part(label, [])),
    ]
  })
}

/** The fixed wording in each form it may take; a line break where a fee clause may stand. */
const allWordings = (paragraph: Paragraph): string[] => {
  if (typeof paragraph === 'string') return [paragraph]
  const { text, corrected, streetLevel } = paragraph
  const published =
    typeof text === 'string' ? text : text.filter((piece) => typeof piece === 'string').join('\n')
  return [published, corrected, streetLevel].filter((wording) => wording !== undefined)
}
