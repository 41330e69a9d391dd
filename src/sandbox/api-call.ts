import type { z } from 'zod'

/** One call of the server API: how it is read and how it is refused. */

/** The API says no. `quiet`: the caller could not have known better, so it breaks no rule. */
export class Refusal extends Error {
  override name = 'Refusal'
  errcode: number
  quiet: boolean

  constructor(errcode: number, message: string, quiet = false) {
    super(message)
    this.errcode = errcode
    this.quiet = quiet
  }
}

export type Call = {
  query: (name: string) => string
  contentType: string
  body: Buffer
  /** The body as JSON of the given shape. */
  json: <T>(shape: z.ZodType<T>) => T
}

/** A call's answer: fields beside errcode 0, or a file. */
export type Result = Record<string, unknown> | { file: Buffer; name: string }

export type Calls = Record<string, (call: Call) => Result>

export const isFile = (result: Result): result is { file: Buffer; name: string } =>
  'file' in result && Buffer.isBuffer(result.file)

export const jsonReader =
  (body: Buffer) =>
  <T>(shape: z.ZodType<T>): T => {
    let value: unknown
    try {
      value = JSON.parse(body.toString('utf8'))
    } catch {
      throw new Refusal(47001, 'data format error, Warning: wrong json format')
    }
    const parsed = shape.safeParse(value)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    throw new Refusal(40058, `invalid ${issue?.path.join('.')}: ${issue?.message}`)
  }
