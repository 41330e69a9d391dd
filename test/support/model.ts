import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the stand-in answers: the text streamed as a model would, or a way to go wrong. */
export type Behaviour =
  | { type: 'says'; text: string }
  /** One JSON object although a stream was asked for. */
  | { type: 'saysWhole'; text: string }
  | { type: 'status'; code: number }
  /** Fails so many times, then says it. */
  | { type: 'recovers'; after: number; code: number; text: string }
  /** Takes the question and never answers. */
  | { type: 'hangs' }
  /** Begins, and never ends. */
  | { type: 'stalls'; text: string }
  /** Begins, and drops the connection. */
  | { type: 'dies'; text: string }
  | { type: 'garbage' }
  | { type: 'endless' }

/** A server that speaks the OpenAI-compatible chat completions, well or badly. Keeps every request. */
export class ModelStandIn {
  readonly url: string
  behaviour: Behaviour = { type: 'says', text: '不明白' }
  /** The bodies of all requests, as they came. */
  readonly requests: string[] = []
  readonly stop: () => Promise<void>

  private constructor(url: string, stop: () => Promise<void>) {
    this.url = url
    this.stop = stop
  }

  static async start(): Promise<ModelStandIn> {
    let model: ModelStandIn | undefined = undefined
    const server = createServer((request, response) => void model?.answer(request, response))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    model = new ModelStandIn(
      `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      () =>
        new Promise((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }),
    )
    return model
  }

  get environment(): Record<string, string> {
    return { LLM_BASE_URL: this.url, LLM_API_KEY: 'key-of-the-model', LLM_MODEL: 'stand-in' }
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    this.requests.push(body)
    const { behaviour } = this
    switch (behaviour.type) {
      case 'says':
        return sayAll(response, behaviour.text)
      case 'saysWhole':
        response.setHeader('content-type', 'application/json')
        return void response.end(
          JSON.stringify({ choices: [{ message: { role: 'assistant', content: behaviour.text } }] }),
        )
      case 'status':
        return void response.writeHead(behaviour.code).end('{"error":{"message":"no"}}')
      case 'recovers':
        this.behaviour =
          behaviour.after > 1
            ? { ...behaviour, after: behaviour.after - 1 }
            : { type: 'says', text: behaviour.text }
        return void response.writeHead(behaviour.code).end()
      case 'hangs':
        return
      case 'stalls':
        return say(response, behaviour.text)
      case 'dies':
        say(response, behaviour.text)
        return void response.destroy()
      case 'garbage':
        response.setHeader('content-type', 'text/event-stream')
        return void response.end('data: {"choices":[{"delta"\n\n<html>502 Bad Gateway</html>')
      case 'endless': {
        response.setHeader('content-type', 'text/event-stream')
        const more = (): void => {
          while (!response.destroyed && response.write(event('备案'))) {
            // Until the other side has had enough.
          }
          response.once('drain', more)
        }
        return more()
      }
    }
  }
}

const event = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`

/** In pieces of two characters, as tokens come. */
function say(response: ServerResponse, text: string): void {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8')
  response.write(': hello\n\n')
  for (const piece of text.match(/.{1,2}/gsu) ?? []) response.write(event(piece))
}

function sayAll(response: ServerResponse, text: string): void {
  say(response, text)
  response.end('data: [DONE]\n\n')
}
