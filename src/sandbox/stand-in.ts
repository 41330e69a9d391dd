import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Fault, openApi } from './api.ts'
import { openApp } from './app.ts'
import type { Group, Person } from './cast.ts'
import type { MovableClock } from './clock.ts'
import { openLine } from './exchange.ts'
import { openMediaShelf } from './media.ts'
import {
  conversationOf,
  groupOf,
  Impossible,
  openOneTimeCodes,
  openTaskBook,
  type Outcome,
  type Platform,
  type Saying,
} from './platform.ts'
import { openRobot, type Verdict } from './robot.ts'
import { type Change, type Entry, openWorld, type Violation, type Where } from './world.ts'

/**
 * A stand-in for WeCom: people and groups, the encrypted callbacks to the bot, and the server API the bot calls.
 * It is a peer over the network and knows nothing of the bot but its address and keys. Broken rules are recorded.
 */
export type StandIn = {
  /** What the bot takes as WECOM_API_BASE. */
  url: string
  people: readonly Person[]
  groups: readonly Group[]
  robotName: string
  clock: MovableClock
  violations: readonly Violation[]
  /** Where the bot listens; only needed when it was not known at the start. */
  connect(botUrl: string): void
  /** What the console does at 保存 for robot and app. */
  verify(): Promise<boolean>
  /** Says something and waits until the answer is complete. In a group the robot hears only `@备案助手 …`. */
  say(userId: string, where: Where, what: string | Saying): Promise<Outcome>
  /** Presses a button or a menu entry of a card, with what was chosen in its lists. */
  click(userId: string, entryId: string, key: string, selected?: Record<string, string[]>): Promise<Outcome>
  /** Opens the single chat; the robot is told once a day. */
  enter(userId: string, where: 'robot' | 'app'): Promise<Outcome>
  feedback(userId: string, entryId: string, verdict: Verdict, comment?: string): Promise<void>
  /** Delivers the callback of a person's entry once more. */
  redeliver(entryId: string): Promise<void>
  /** Everything in a conversation so far, oldest first. */
  inbox(userId: string, where: Where): Entry[]
  entry(entryId: string): Entry | undefined
  /** Every conversation together, oldest first. */
  entries(): Entry[]
  /** The first entry of a conversation, past or future, that the test accepts. */
  waitFor(userId: string, where: Where, accept: (entry: Entry) => boolean, withinMs?: number): Promise<Entry>
  watch(listener: (change: Change) => void): () => void
  /** The push address of a group, as the directory file names it. */
  webhookUrl(group: string): string
  failNext(path: string, fault: Fault): void
  /** WeCom withdraws the access token. */
  forgetToken(): void
  /** Aborted once the stand-in stops. */
  stopped: AbortSignal
  stop(): Promise<void>
}

export type StandInOptions = {
  /** May be left out when it is not known yet; see `connect`. */
  botUrl?: string
  robot: { name: string; token: string; aesKey: string }
  app: { corpId: string; agentId: number; secret: string; token: string; aesKey: string }
  clock: MovableClock
  people: Person[]
  groups: Group[]
  port?: number
  /** How long the bot may take to answer a callback. WeCom: 5 s. */
  answerWithinMs?: number
  /** How long to wait before asking an unfinished stream again. WeCom: one to two seconds. */
  pollMs?: number
}

const RESPONSE_URL_MS = 3_600_000
const CARD_CODE_MS = 72 * 3_600_000
const WAIT_MS = 10_000

export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const { clock, robot, app } = options
  const world = openWorld(clock)
  const stopping = new AbortController()
  let botUrl = options.botUrl ?? ''
  let url = ''

  const platform: Platform = {
    clock,
    world,
    media: openMediaShelf(clock),
    people: options.people,
    groups: structuredClone(options.groups),
    robot,
    app,
    url: () => url,
    tasks: openTaskBook(),
    responseUrls: openOneTimeCodes(clock, RESPONSE_URL_MS),
    cardCodes: openOneTimeCodes(clock, CARD_CODE_MS),
    pollMs: options.pollMs ?? 1_000,
    signal: stopping.signal,
  }
  const shared = {
    botUrl: () => botUrl,
    clock,
    world,
    answerWithinMs: options.answerWithinMs ?? 5_000,
    signal: stopping.signal,
  }
  const robotKeys = { token: robot.token, aesKey: robot.aesKey, receiveId: '' }
  const appKeys = { token: app.token, aesKey: app.aesKey, receiveId: app.corpId }
  const robotSide = openRobot(platform, openLine({ ...shared, path: '/wecom/robot', keys: robotKeys }))
  const appSide = openApp(
    platform,
    openLine({ ...shared, path: '/wecom/app', keys: appKeys, agentId: app.agentId }),
  )
  const api = openApi(platform)

  const server = createServer(api.listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const entryOf = (id: string): Entry => {
    const entry = world.entries.get(id)
    if (!entry) throw new Impossible(`没有这条消息：${id}`)
    return entry
  }
  const whereIs = (entry: Entry): Where => {
    const [kind = '', id = ''] = entry.conversation.split(':')
    if (kind === 'group') return { group: id }
    return kind === 'app' ? 'app' : 'robot'
  }
  /** Checks that the person takes part in the conversation of the entry. */
  const seen = (userId: string, entryId: string) => {
    const entry = entryOf(entryId)
    const where = whereIs(entry)
    if (conversationOf(platform, userId, where) !== entry.conversation)
      throw new Impossible('这一条不在这个人的会话里')
    return { entry, where }
  }
  const inbox = (userId: string, where: Where) => {
    const conversation = conversationOf(platform, userId, where)
    return [...world.entries.values()].filter((entry) => entry.conversation === conversation)
  }

  return {
    url,
    people: platform.people,
    groups: platform.groups,
    robotName: robot.name,
    clock,
    violations: world.violations,
    connect: (address) => void (botUrl = address),
    verify: async () => (await Promise.all([robotSide.verify(), appSide.verify()])).every(Boolean),
    say: (userId, where, what) => {
      const saying = typeof what === 'string' ? ({ type: 'text', text: what } as const) : what
      return where === 'app' ? appSide.say(userId, saying) : robotSide.say(userId, where, saying)
    },
    click: async (userId, entryId, key, selected = {}) => {
      const { entry, where } = seen(userId, entryId)
      return where === 'app'
        ? appSide.click(userId, entry, key, selected)
        : robotSide.click(userId, where, entry, key, selected)
    },
    enter: (userId, where) => (where === 'app' ? appSide.enter(userId) : robotSide.enter(userId)),
    feedback: async (userId, entryId, verdict, comment = '') => {
      const { entry, where } = seen(userId, entryId)
      if (where === 'app') throw new Impossible('应用的消息不能评价')
      await robotSide.rate(userId, where, entry, verdict, comment)
    },
    redeliver: robotSide.redeliver,
    inbox,
    entry: (id) => world.entries.get(id),
    entries: () => [...world.entries.values()],
    stopped: stopping.signal,
    waitFor: (userId, where, accept, withinMs = WAIT_MS) => {
      const conversation = conversationOf(platform, userId, where)
      const already = inbox(userId, where).find(accept)
      if (already) return Promise.resolve(already)
      return new Promise((resolve, reject) => {
        const stopWatching = world.watch((change) => {
          if (change.type !== 'entry' || change.entry.conversation !== conversation) return
          if (!accept(change.entry)) return
          clearTimeout(timer)
          stopWatching()
          resolve(change.entry)
        })
        const timer = setTimeout(() => {
          stopWatching()
          reject(new Error(`nothing like it arrived in ${conversation} within ${withinMs} ms`))
        }, withinMs)
      })
    },
    watch: world.watch,
    webhookUrl: (group) =>
      `${url}/cgi-bin/webhook/send?key=${encodeURIComponent(groupOf(platform, group).webhookKey)}`,
    failNext: api.failNext,
    forgetToken: api.forgetToken,
    async stop() {
      stopping.abort()
      if (!server.listening) return
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}
