import { z } from 'zod'
import { ModelError } from './model-error.ts'

/** Answers of the OpenAI-compatible chat completions, as a stream of events or as one JSON object. */

const MOST_BYTES = 128 * 1024
/** More than any text that could pass: whoever writes on without end is cut off. */
const MOST_CHARACTERS = 600

const Delta = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }).optional() })).default([]),
})
const Whole = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) })

/** The whole text. Throws ModelError when it is not what the protocol says, or too long. */
export async function readAnswer(body: AsyncIterable<Buffer>, contentType: string): Promise<string> {
  return contentType.includes('json') ? readWhole(body) : readStream(body)
}

async function readWhole(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of within(body)) chunks.push(chunk)
  const answer = Whole.safeParse(json(Buffer.concat(chunks).toString('utf8')))
  if (!answer.success) throw new ModelError('garbage')
  return answer.data.choices[0]!.message.content
}

async function readStream(body: AsyncIterable<Buffer>): Promise<string> {
  const decoder = new TextDecoder()
  let waiting = ''
  let text = ''
  for await (const chunk of within(body)) {
    waiting += decoder.decode(chunk, { stream: true })
    const lines = waiting.split(/\r?\n/)
    waiting = lines.pop() ?? ''
    for (const line of lines) {
      const data = /^data:\s*(.*)$/.exec(line)?.[1]
      if (data === '[DONE]') return text
      // Comments and other fields of the event stream.
      if (data === undefined) {
        if (line === '' || /^(?::|event:|id:|retry:)/.test(line)) continue
        throw new ModelError('garbage')
      }
      const delta = Delta.safeParse(json(data))
      if (!delta.success) throw new ModelError('garbage')
      text += delta.data.choices[0]?.delta?.content ?? ''
      if (text.length > MOST_CHARACTERS) throw new ModelError('size')
    }
  }
  // Half a text may say the opposite of the whole.
  throw new ModelError('broken off')
}

async function* within(body: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new ModelError('size')
    yield chunk
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
