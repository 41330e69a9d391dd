import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { Allowance } from './allowance.ts'
import { readAnswer } from './answer-stream.ts'
import { grounded } from './grounded.ts'
import { ModelError } from './model-error.ts'
import { readFacts } from './facts.ts'
import { toFindFacts, toRewrite, toWord, type AskedField, type ChatMessage } from './prompts.ts'

/** All that is said to a model within this time, or not at all. */
export const MODEL_LIMIT_MS = 6_000
const MOST_TOKENS = 240
const RETRY_MS = { least: 100, spread: 300 }

export type ModelOptions = {
  /** Base of the OpenAI-compatible interface, without a slash at the end. */
  baseUrl: string
  apiKey: string
  model: string
  /** For one question, the second attempt included. */
  limitMs?: number
  /** Milliseconds. */
  now: () => number
  /** 0 to 1, for the pause before the second attempt. */
  random: () => number
  /** Told how each call ended, in a word: `used`, `rejected …`, `failed …`. */
  report: (outcome: string) => void
}

/** A guest that may rephrase and understand. Whatever it says is checked before anybody reads it. */
export class Model {
  readonly #options: ModelOptions
  readonly #allowance: Allowance
  readonly #agent = new Agent({ connections: 8 })
  readonly #stopping = new AbortController()

  constructor(options: ModelOptions) {
    this.#options = options
    this.#allowance = new Allowance(options.now)
  }

  /** Whether it would be asked now: not after repeated failures, nor beyond the budget. */
  get isReady(): boolean {
    return this.#allowance.isOpen && !this.#stopping.signal.aborted
  }

  /** How long one question may take at most, in milliseconds. */
  get limitMs(): number {
    return this.#options.limitMs ?? MODEL_LIMIT_MS
  }

  /** The passage in a sentence or two for this question; undefined when nothing came that passes the check. */
  async word(question: string, passage: string): Promise<string | undefined> {
    const written = await this.#ask(toWord(question, passage))
    if (written === undefined) return undefined
    const checked = grounded(written, passage)
    this.#options.report(checked.ok ? 'used' : `rejected ${checked.why}`)
    return checked.ok ? checked.text : undefined
  }

  /** The question in other words, to search with and never to be shown. */
  async rewrite(question: string): Promise<string | undefined> {
    const written = (await this.#ask(toRewrite(question)))?.trim()
    const usable = written !== undefined && [...written].length <= 60 && !/\n|不明白/.test(written)
    if (written !== undefined) this.#options.report(usable ? 'used' : 'rejected length')
    return usable ? written : undefined
  }

  /** What a message says for these fields, in its own words by field id; undefined when nothing usable came. */
  async findFacts(said: string, fields: readonly AskedField[]): Promise<Record<string, string> | undefined> {
    const written = await this.#ask(toFindFacts(said, fields))
    if (written === undefined) return undefined
    const found = readFacts(written, fields)
    this.#options.report(found ? 'used' : 'rejected form')
    return found
  }

  /** Ends calls under way. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#agent.destroy()
  }

  async #ask(messages: ChatMessage[]): Promise<string | undefined> {
    if (!this.isReady) return undefined
    const asked = messages.reduce((total, { content }) => total + content.length, 0)
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(this.limitMs)])
    this.#allowance.begin(asked)
    try {
      const text = await this.#askTwice(messages, signal)
      this.#allowance.end(true, text.length)
      return text
    } catch (error) {
      this.#allowance.end(false, 0)
      this.#options.report(`failed ${error instanceof ModelError ? error.why : 'unknown'}`)
      return undefined
    }
  }

  async #askTwice(messages: ChatMessage[], signal: AbortSignal): Promise<string> {
    try {
      return await this.#askOnce(messages, signal)
    } catch (error) {
      if (!(error instanceof ModelError) || !error.isTransient || signal.aborted) throw error
      const pause = RETRY_MS.least + RETRY_MS.spread * this.#options.random()
      await delay(pause, undefined, { signal }).catch(() => {
        throw new ModelError('time', { cause: error })
      })
      return this.#askOnce(messages, signal)
    }
  }

  async #askOnce(messages: ChatMessage[], signal: AbortSignal): Promise<string> {
    const { baseUrl, apiKey, model } = this.#options
    try {
      const { statusCode, headers, body } = await request(`${baseUrl}/chat/completions`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          accept: 'text/event-stream, application/json',
        },
        body: JSON.stringify({ model, messages, temperature: 0, max_tokens: MOST_TOKENS, stream: true }),
        signal,
        dispatcher: this.#agent,
      })
      if (statusCode !== 200) {
        body.destroy()
        body.on('error', () => {})
        throw new ModelError(`status ${statusCode}`, { isTransient: statusCode === 429 || statusCode >= 500 })
      }
      return await readAnswer(body as AsyncIterable<Buffer>, String(headers['content-type'] ?? ''))
    } catch (error) {
      if (error instanceof ModelError) throw error
      if (signal.aborted) throw new ModelError('time', { cause: error })
      throw new ModelError('network', { isTransient: true, cause: error })
    }
  }
}
