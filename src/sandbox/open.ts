import { randomBytes, randomInt } from 'node:crypto'
import type { Router } from '@koa/router'
import type { Clock } from '../clock.ts'
import { sandboxGroups, sandboxPeople } from './cast.ts'
import { movableClock } from './clock.ts'
import { sandboxRoutes } from './page.ts'
import { startStandIn } from './stand-in.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

const word = (length: number): string =>
  Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** 43 characters that are the Base64 of 32 bytes, without `+` and `/`, as the console makes them. */
function encodingAesKey(): string {
  for (;;) {
    const key = randomBytes(32).toString('base64').slice(0, 43)
    if (/^[A-Za-z0-9]{43}$/.test(key)) return key
  }
}

/** A trial without a tenant: invented people and groups, fresh keys, and a stand-in that plays WeCom. */
export async function openSandbox(base: Clock) {
  const clock = movableClock(base)
  const robot = { name: '备案助手', token: word(24), aesKey: encodingAesKey() }
  const app = {
    corpId: `ww${word(16).toLowerCase()}`,
    agentId: 1_000_002,
    secret: word(43),
    token: word(24),
    aesKey: encodingAesKey(),
  }
  const standIn = await startStandIn({ robot, app, clock, people: sandboxPeople, groups: sandboxGroups })
  return {
    clock,
    robot,
    app,
    url: standIn.url,
    standIn,
    connect: (botUrl: string) => standIn.connect(botUrl),
    addRoutes: (router: Router) => sandboxRoutes(router, standIn),
    stop: () => standIn.stop(),
  }
}
