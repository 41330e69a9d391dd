import { request } from 'node:http'
import type { Bot } from '../../../src/bot.ts'
import type { Clock } from '../../../src/clock.ts'
import { receive } from '../../../src/receive.ts'
import { appKeys, openDoor, sealed } from '../../http/door.ts'

/** How often WeCom brings a message that was not taken. */
const ATTEMPTS = 3

/** Where people answer: a door on a real port, to which WeCom brings what they say, encrypted and signed. */
export type FrontDoor = { says(user: string, text: string): Promise<void>; close(): Promise<void> }

/** `taking` is the process a balancer gives the next delivery to; it may die over it, and another one gets it again. */
export async function openFrontDoor(clock: Clock, taking: () => Bot): Promise<FrontDoor> {
  const door = await openDoor({ clock, receive: (message) => receive(message, taking()) })
  let count = 0
  return {
    async says(user, text) {
      const at = String(Math.floor(clock.now().getTime() / 1000))
      const id = String(++count)
      const message =
        `<xml><ToUserName>wwsqba0000000001</ToUserName><FromUserName>${user}</FromUserName><CreateTime>${at}</CreateTime>` +
        `<MsgType>text</MsgType><Content>${text}</Content><MsgId>${id}</MsgId><AgentID>1000007</AgentID></xml>`
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const { query, encrypted } = sealed(appKeys, message, { at, once: `${id}${attempt}` })
        const body = `<xml><ToUserName>wwsqba0000000001</ToUserName><AgentID>1000007</AgentID><Encrypt>${encrypted}</Encrypt></xml>`
        if ((await post(`${door.base}/wecom/app?${query}`, body)) === 200) return
      }
      throw new Error(`nobody took what ${user} said`)
    },
    close: async () => void (await door.close()),
  }
}

/** The status of the answer. By itself, since all that is fetched in the simulation goes to its WeCom. */
const post = (url: string, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', agent: false }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode ?? 0))
    })
    sending.on('error', reject)
    sending.end(body)
  })
