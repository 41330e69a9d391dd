import { z } from 'zod'

/** Of a callback: the token and the EncodingAESKey, which has 43 characters. */
export type CallbackSecret = { token: string; aesKey: string }

/** What the console has now and, while it is being changed, what it had before. */
export type CallbackSecrets = CallbackSecret & { older?: CallbackSecret[] }

const MOST = 3

const token = z
  .string()
  .regex(/^[A-Za-z0-9]+$/, '有字母和数字以外的字符')
  .max(64, '超过 64 个字')

const aesKey = z
  .string()
  .length(43, { error: (issue) => `现在是 ${String(issue.input).length} 位` })
  .regex(/^[A-Za-z0-9]+$/, '有字母和数字以外的字符')

const several = (one: z.ZodString) =>
  z
    .string()
    .transform((list) => list.split(/[,，]/).map((item) => item.trim()))
    .pipe(z.array(one).max(MOST, `超过 ${MOST} 个`))

export const tokens = several(token)
export const aesKeys = several(aesKey)

/** Tokens and keys that belong together one by one; undefined when there are none or not as many of each. */
export function paired(tokens: string[] = [], aesKeys: string[] = []): CallbackSecrets | undefined {
  if (tokens.length !== aesKeys.length) return undefined
  const [current, ...older] = tokens.map((token, at) => ({ token, aesKey: aesKeys[at]! }))
  return current && { ...current, ...(older.length > 0 && { older }) }
}
