import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { PackError } from '../pack.ts'
import { parseKey, type Key } from './keys.ts'

/** One article of the knowledge folder: a question people have, and what the document says to it. */
const FrontMatter = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, '只用小写字母、数字和短横线'),
  title: z.string().min(2).max(40),
  /** The document does not say it; the text says so and whom to ask. */
  silent: z.boolean().default(false),
  audience: z
    .array(z.enum(['leader', 'community', 'street', 'incubator', 'district', 'anyone']))
    .min(1)
    .default(['anyone']),
  /** Labels of the document, as the folder's `labels.yaml` lists them. */
  sources: z.array(z.string()),
  /** How people ask. */
  asked: z.array(z.string().min(2)).min(1),
  /** Words that settle it, in the notation of a search box; see `keys.ts`. */
  keys: z.array(z.string().min(1)).default([]),
  /** A fitting key of this article settles it, whatever else fits: another city's name. */
  first: z.boolean().default(false),
  /** What to type to go on: 续期. */
  next: z.string().optional(),
  related: z.array(z.string()).default([]),
  /** Only where it is not the edition of the pack. */
  edition: z.string().optional(),
})

export type Article = Omit<z.infer<typeof FrontMatter>, 'keys'> & { keys: Key[]; text: string }

/** At most this much text in one answer: more does not fit a phone. */
const LONGEST_TEXT = 700
const LARGEST_FILE = 20_000

/** Reads one article; `file` is only named in errors. */
export function parseArticle(source: string, file: string): Article {
  if (source.length > LARGEST_FILE) throw new PackError(`${file}: 文章太长`)
  const [, head, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source) ?? []
  if (head === undefined || body === undefined)
    throw new PackError(`${file}: 开头要有两行 --- 夹着的说明（id、title、asked、sources）`)
  const result = FrontMatter.safeParse(parseYaml(head, file))
  if (!result.success) throw new PackError(`${file}:\n${z.prettifyError(result.error)}`)
  // What staff added may rest on their answer alone; its edition says whose.
  if (result.data.sources.length === 0 && result.data.edition === undefined)
    throw new PackError(`${file}: 没有写出处（sources）`)
  const text = body.trim()
  if (text === '') throw new PackError(`${file}: 没有正文`)
  if (text.length > LONGEST_TEXT) throw new PackError(`${file}: 正文超过${LONGEST_TEXT}字`)
  return { ...result.data, keys: result.data.keys.map(parseKey), text }
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new PackError(`${file}: ${(cause as Error).message}`, { cause })
  }
}

const Synonyms = z.strictObject({
  /** The document's word to the words people use for it. */
  same: z.record(z.string(), z.array(z.string().min(1))),
  /** What was typed to what was meant. */
  typos: z.record(z.string(), z.string()),
  /** Words that change no meaning. */
  ignore: z.array(z.string()),
  /** Only a question that says one of these, or one of the words above, is answered with the nearest clause. */
  about: z.array(z.string()).default([]),
  /** Verbs of two characters that are said with something in between: 签名 as in 签个名. */
  apart: z.array(z.string().length(2)).default([]),
  /** Characters that sound alike, a string each; see `hearing.ts`. */
  sounds: z.array(z.string()).default([]),
  heard: z.array(z.string()).default([]),
  notHeard: z.array(z.string()).default([]),
})
export type Synonyms = z.infer<typeof Synonyms>

/** The articles and words of a knowledge folder. Reads files; meant for the start of the program. */
export function readKnowledge(folder: string): { articles: Article[]; synonyms: Synonyms; labels: string[] } {
  const articles = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => parseArticle(readFileSync(path.join(folder, name), 'utf8'), path.join(folder, name)))
  const read = <T>(name: string, schema: z.ZodType<T>): T => {
    const file = path.join(folder, name)
    const result = schema.safeParse(parseYaml(readFileSync(file, 'utf8'), file))
    if (!result.success) throw new PackError(`${file}:\n${z.prettifyError(result.error)}`)
    return result.data
  }
  return {
    articles,
    synonyms: read('synonyms.yaml', Synonyms),
    labels: read('labels.yaml', z.array(z.string()).min(1)),
  }
}
