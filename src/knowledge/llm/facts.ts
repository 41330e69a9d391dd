import { z } from 'zod'
import type { AskedField } from './prompts.ts'

const Facts = z.record(z.string(), z.string().max(300))

/** The JSON object in what a model wrote, only for the fields it was asked about. Undefined when there is none. */
export function readFacts(
  written: string,
  fields: readonly AskedField[],
): Record<string, string> | undefined {
  const parsed = Facts.safeParse(json(/\{[^]*\}/.exec(written)?.[0] ?? ''))
  if (!parsed.success) return undefined
  const found = fields.flatMap(({ id }) => {
    const said = parsed.data[id]?.trim()
    return said === undefined || said === '' ? [] : [[id, said] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
