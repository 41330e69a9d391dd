import type { Column, Field } from './definition.ts'
import { isClearName } from './field-types/person-name.ts'
import { oncePer } from './once-per.ts'
import { isPosition } from './positions.ts'
import { plain } from './said.ts'
import { hasDoubleSurname } from './surnames.ts'

/** Longer runs are sentences, not facts said without a pause. */
const LONGEST_RUN = 24

/**
 * Dictation knows no commas: 党员初中退休 is taken apart where the whole run consists of words the fields know,
 * after a name at most. Anything else stays as it was said.
 */
export function apart(text: string, fields: readonly (Field | Column)[]): string {
  const choices = fields.map(answersOf).filter(({ size }) => size > 0)
  const known = (word: string): boolean => choices.some((words) => words.has(word))
  return plain(text).replace(/\p{Script=Han}{4,}/gu, (run) => {
    if (run.length > LONGEST_RUN || known(run) || isPosition(run)) return run
    return wordsOf(run, known, true)?.join(',') ?? run
  })
}

/** The words a field knows as answers. */
const answersOf = oncePer(
  ({ options, quick }: Field | Column): ReadonlySet<string> =>
    new Set([...options.flatMap(({ text, say }) => [text, ...say]), ...quick].map(plain)),
)

/** The run as words from its beginning to its end, the longest first; undefined when something is left. */
function wordsOf(run: string, known: (word: string) => boolean, mayBeName: boolean): string[] | undefined {
  if (run === '') return []
  for (let length = Math.min(run.length, 10); length >= 2; length--) {
    const word = run.slice(0, length)
    if (!known(word) && !isPosition(word)) continue
    const rest = wordsOf(run.slice(length).replace(/^了/u, ''), known, false)
    if (rest) return [word, ...rest]
  }
  if (!mayBeName) return undefined
  // Names of two characters are too easily something else: 柳钢退休.
  const name = run.slice(0, hasDoubleSurname(run) ? 4 : 3)
  const rest =
    run.length > name.length && isClearName(name) ? wordsOf(run.slice(name.length), known, false) : undefined
  return rest && [name, ...rest]
}
