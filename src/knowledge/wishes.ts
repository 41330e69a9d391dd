import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { PackError } from '../pack.ts'
import { fit, parseKey, type Key } from './keys.ts'
import { bareText } from './plain.ts'

const Wishes = z.array(
  z.strictObject({
    /** What typing these words does. */
    does: z.string().min(1),
    /** Words that tell the wish, in the notation of a search box; see `keys.ts`. */
    keys: z.array(z.string().min(1)).min(1),
    /** Whoever has filed wants it done, whatever the document says about it. */
    overArticles: z.boolean().default(false),
  }),
)

/** What people want done, and by which of their words it is heard. */
export type Wish = { does: string; keys: Key[]; overArticles: boolean }

/** Throws `PackError`. */
export function readWishes(file: string): Wish[] {
  const result = Wishes.safeParse(parse(readFileSync(file, 'utf8')))
  if (!result.success) throw new PackError(`${file}:\n${z.prettifyError(result.error)}`)
  return result.data.map(({ keys, ...wish }) => ({ ...wish, keys: keys.map(parseKey) }))
}

/** A wish is said in a sentence; a story may hold the words of any. */
const LONGEST_WISH = 40

/** What is wished for: 帮我看看办好了没有 is 到哪一步了. The first wish that fits. */
export function wishIn(text: string, wishes: readonly Wish[]): Wish | undefined {
  const said = bareText(text)
  if (said.length > LONGEST_WISH) return undefined
  const says = (word: string): boolean => said.includes(word)
  return wishes.find(({ keys }) => keys.some((key) => fit(key, says).length > 0))
}
