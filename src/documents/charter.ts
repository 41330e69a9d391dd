import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { LISTS, SINGLE } from '../filings/charter/blanks.ts'
import { charterLines, type CharterArticle } from '../filings/charter/compose.ts'
import { CharterText, modelParts, splitAtBlanks } from '../filings/charter/text.ts'
import { PackError } from '../pack.ts'
import type { MadeDocument } from './make.ts'
import { printable } from './printable.ts'
import type { Problem } from './problem.ts'
import { counting, NUMBERING_FILES } from './read-numbering.ts'
import { readWord } from './read-word.ts'
import type { Values } from './values.ts'
import { assertMatches, DocumentMismatch, fillWord, openTemplate, type WordTemplate } from './word.ts'
import { zipProblem } from './zip-guard.ts'

/** The model charter of a pack and the Word file it is printed with. */
export type CharterModel = { text: CharterText; template: WordTemplate }

const TEXT = 'charter.yaml'
const TEMPLATE = 'documents/charter.docx'

/** Reads the 19 articles and their Word file. Throws PackError when the articles are not what they must be. */
export async function loadCharter(folder: string): Promise<CharterModel> {
  const file = path.join(folder, TEXT)
  const result = CharterText.safeParse(parse(await readFile(file, 'utf8')))
  if (!result.success) throw new PackError(`${file}:\n${z.prettifyError(result.error)}`)
  return { text: result.data, template: openTemplate(await readFile(path.join(folder, TEMPLATE))) }
}

/**
 * What is wrong in a pack's charter, in words for the clerk who edits it: blanks nobody can fill, clauses the
 * document does not have, a Word file that would lose text.
 */
export async function checkCharterModel(folder: string, labels: ReadonlySet<string>): Promise<Problem[]> {
  let model: CharterModel
  try {
    model = await loadCharter(folder)
  } catch (error) {
    return [{ file: TEXT, place: '文件', text: `读不出来：${(error as Error).message}` }]
  }
  const { text, template } = model
  const problem = (place: string, text: string): Problem => ({ file: TEXT, place, text })
  const wordings = [text.title, ...modelParts(text).flatMap(({ wordings }) => wordings)]
  const blanks = wordings.flatMap((wording) => splitAtBlanks(wording).filter((_, at) => at % 2 === 1))
  const lists = text.articles.flatMap(({ items }) =>
    items.flatMap((item) => (typeof item === 'object' && 'each' in item ? [item.each] : [])),
  )
  return [
    ...[...new Set(blanks)]
      .filter((name) => !Object.hasOwn(SINGLE, name))
      .map((name) => problem(`{{${name}}}`, '没有这个空')),
    ...lists
      .filter((name) => !Object.hasOwn(LISTS, name))
      .map((name) => problem(`each ${name}`, '没有这一组内容')),
    ...modelParts(text)
      .filter(({ label }) => !labels.has(label))
      .map(({ label }) => problem(label, '不在 labels.txt 里')),
    ...(losesText(template) ? [{ file: TEMPLATE, place: '标签', text: '少了标签，章程的字会漏印' }] : []),
  ]
}

function losesText(template: WordTemplate): boolean {
  const article = {
    number: '一',
    title: '标题',
    paragraphs: ['首段', '次段'],
    items: ['（一）甲；', '（二）乙。'],
  }
  try {
    makeCharter({ title: '章程', articles: [article, article] }, template)
    return false
  } catch (error) {
    if (error instanceof DocumentMismatch) return true
    throw error
  }
}

/** Prints a composed charter, reads it back and compares. Throws DocumentMismatch when the file says another thing. */
export function makeCharter({ title, articles }: Charter, template: WordTemplate): MadeDocument {
  const values: Values = {
    标题: titleLines(printable(title)),
    各条: articles.map(({ number, title, paragraphs: [first = '', ...more], items }) => ({
      条: `第${number}条（${title}）`,
      首段: printable(first),
      各段: [...more, ...items].map((text) => ({ 段: printable(text) })),
    })),
  }
  const bytes = fillWord(template, values)
  assertMatches(bytes, template, values)
  assertWhole(bytes, { title, articles })
  return {
    bytes,
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  }
}

type Charter = { title: string; articles: CharterArticle[] }

/** Every line of the charter stands in the file, in order, whatever tags the file has. */
function assertWhole(bytes: Buffer, { title, articles }: Charter): void {
  const printed = readWord(bytes).map((cells) => cells.join('').replaceAll('\n', ''))
  let from = 0
  for (const line of [title, ...charterLines(articles)].map(printable)) {
    const at = printed.indexOf(line, from)
    if (at < 0) throw new DocumentMismatch('正文')
    from = at + 1
  }
}

/** Characters of the title's size that fit one line of the page. */
const TITLE_FITS = 20

/** A long title breaks behind the street, so that the organization's own name stays together. */
function titleLines(title: string): string {
  if ([...title].length <= TITLE_FITS) return title
  const place = /^.+?(?:社区|街道|镇|村)(?=.{4})/u.exec(title)?.[0] ?? ''
  const rest = title.slice(place.length)
  return place === '' ? title : `${place}\n${rest}`
}

/** A charter has 60 KB of it; 2 MB take a fifth of a second. */
const TEXT_OF_UPLOAD = {
  names: ['word/document.xml', ...NUMBERING_FILES],
  mostBytes: 2 * 1024 * 1024,
}

/** The text of a charter somebody sent as a Word file, a line for each paragraph; undefined when it is no such file. */
export async function readCharterFile(bytes: Buffer): Promise<string | undefined> {
  if (await zipProblem(bytes, TEXT_OF_UPLOAD)) return undefined
  try {
    return readWord(bytes, counting).flat().join('\n')
  } catch {
    return undefined
  }
}
