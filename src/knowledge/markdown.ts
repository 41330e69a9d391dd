import { stringify } from 'yaml'
import type { Article } from './articles.ts'

/** A learned article as a file of the knowledge folder; `parseArticle` reads it back. Author and date are its edition. */
export function articleMarkdown({ id, title, sources, asked, edition, text }: Article): string {
  const head = { id, title, sources, asked, ...(edition !== undefined && { edition }) }
  return `---\n${stringify(head)}---\n${text.trim()}\n`
}
