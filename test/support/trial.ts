import { randomBytes } from 'node:crypto'
import { startApp, type App } from '../../src/app.ts'
import type { Clock } from '../../src/clock.ts'
import { parseConfig } from '../../src/config.ts'
import type { Directory } from '../../src/directory/directory.ts'
import { openDirectoryPlace } from '../../src/directory/place.ts'
import { createLogger } from '../../src/log.ts'
import { sandboxGroups, sandboxPeople } from '../../src/sandbox/cast.ts'
import { movableClock } from '../../src/sandbox/clock.ts'
import { startStandIn, type StandIn } from '../../src/sandbox/stand-in.ts'
import type { Saying } from '../../src/sandbox/platform.ts'
import type { Where } from '../../src/sandbox/world.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { MemoryDisk } from '../store/memory-disk.ts'
import { contentsOf } from './contents.ts'
import { newHome } from './home.ts'

const PACK = 'templates/liubei'

export const robot = {
  name: '备案助手',
  token: 'SheQuBeiAn2026Tok',
  aesKey: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
}
export const appKeys = {
  corpId: 'wwsqba0000000001',
  agentId: 1_000_007,
  secret: 'secretOfTheApp0001',
  token: 'AppToken2026',
  aesKey: 'k7vZ0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKr',
}

/** A bot with real credentials in a temp folder, and the stand-in for WeCom it talks to. */
export type Trial = {
  standIn: StandIn
  app: App
  folder: string
  dataKey: Buffer
  /** What the bot was started with, for commands on the same data. */
  environment: Record<string, string>
  /** Stops the bot and starts it again on the same data. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  /** What the process logged. */
  logged: string[]
  stop(): Promise<void>
}

export type TrialOptions = {
  /** Imported before the bot starts; groups may have their robots at the stand-in. */
  directory?: Directory | ((standIn: StandIn) => Directory)
  withApp?: boolean
  start?: Date
  /** More of the environment, for example a model. */
  environment?: Record<string, string>
  modelLimitMs?: number
  /** How the bot's own clock differs from the one of WeCom and of everybody else. */
  botClock?: (clock: Clock) => Clock
  /** Where the data goes instead of the folder. */
  disk?: MemoryDisk
}

export async function startTrial({
  withApp = true,
  directory,
  start = new Date('2026-11-23T02:03:00Z'),
  environment: more = {},
  modelLimitMs,
  disk,
  botClock = (clock) => clock,
}: TrialOptions = {}): Promise<Trial> {
  const home = await newHome()
  const folder = home.environment.DATA_DIR
  const began = Date.now()
  const clock = movableClock({ now: () => new Date(start.getTime() + (Date.now() - began)) })
  const standIn = await startStandIn({
    robot,
    app: appKeys,
    clock,
    people: sandboxPeople,
    groups: sandboxGroups,
    pollMs: 20,
  })
  const environment = { ...environmentOf(home.environment, standIn, withApp), ...more }
  const config = parseConfig(environment)
  if (directory) {
    const place = await openDirectoryPlace(config)
    await place.save(typeof directory === 'function' ? directory(standIn) : directory)
    await place.close()
  }
  const logged: string[] = []
  const log = createLogger('info', { write: (line: string) => void logged.push(line) })
  const report = (line: string): void => log.warn({ event: 'store' }, line)
  const onDisk = { folder: '/data', dataKeys: config.dataKeys, clock, spareBytes: 1000 }
  const open = async () => {
    const app = await startApp(config, log, {
      ...(config.templatePack === PACK && { contents: await contentsOf(PACK) }),
      clock: botClock(clock),
      ...(modelLimitMs !== undefined && { modelLimitMs }),
      ...(disk && { store: await openJsonStore({ ...onDisk, disk, report }) }),
    })
    standIn.connect(`http://127.0.0.1:${app.port}`)
    return app
  }
  const trial: Trial = {
    standIn,
    app: await open(),
    folder,
    dataKey: config.dataKeys[0]!,
    environment,
    logged,
    async restart(meanwhile) {
      await trial.app.stop()
      await meanwhile?.()
      trial.app = await open()
    },
    async stop() {
      await trial.app.stop()
      await standIn.stop()
      await home.remove()
    },
  }
  return trial
}

/** The environment of a bot that lives at home and talks to a stand-in with the keys of this file. */
export const environmentOf = (
  home: Record<string, string>,
  standIn: StandIn,
  withApp: boolean,
): Record<string, string> => ({
  PORT: '0',
  HOST: '127.0.0.1',
  ...home,
  DATA_KEY: randomBytes(32).toString('base64'),
  WECOM_API_BASE: standIn.url,
  WECOM_ROBOT_NAME: robot.name,
  WECOM_ROBOT_TOKEN: robot.token,
  WECOM_ROBOT_AES_KEY: robot.aesKey,
  ...(withApp
    ? {
        WECOM_CORP_ID: appKeys.corpId,
        WECOM_AGENT_ID: String(appKeys.agentId),
        WECOM_APP_SECRET: appKeys.secret,
        WECOM_APP_TOKEN: appKeys.token,
        WECOM_APP_AES_KEY: appKeys.aesKey,
      }
    : {}),
})

/** The robot's text with the full-width signs that stand for Markdown's own as a person reads them. */
const asRead = (text: string): string =>
  text.replace(/[＼｀＊＿［］＜～｜＃＞＋＝－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

/** One person with a phone. Time passes a little with every message, as it does for people. */
export class Person {
  readonly trial: Pick<Trial, 'standIn'>
  readonly userId: string
  /** The whole answer to the last message. */
  heard = ''
  constructor(trial: Pick<Trial, 'standIn'>, userId: string) {
    this.trial = trial
    this.userId = userId
  }

  async says(what: string | Saying, where: Where = 'robot'): Promise<string> {
    this.trial.standIn.clock.forward(5_000)
    const outcome = await this.trial.standIn.say(this.userId, where, what)
    return (this.heard = asRead(outcome.text))
  }

  /** In a group the robot only hears what begins with its name. */
  saysInGroup(text: string, group = '解放街道社会组织群'): Promise<string> {
    return this.says(`@${robot.name} ${text}`, { group })
  }

  /** Opens a link of the last answer. */
  async opens(nameOrPart: string): Promise<Buffer> {
    for (const [, name = '', url = ''] of this.heard.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)) {
      if (!name.includes(nameOrPart)) continue
      const response = await fetch(url)
      if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
      return Buffer.from(await response.arrayBuffer())
    }
    throw new Error(`no link to ${nameOrPart} in: ${this.heard}`)
  }
}

/** The label of the question that stands: the last one on a line with 第n题/共m题. */
export const questionLabel = (text: string): string | undefined =>
  [...text.matchAll(/【([^】]+)】第\d+题\/共\d+题/g)].at(-1)?.[1]

/** Waits until the app has told somebody these words, among everything it told them. */
export const told = ({ standIn }: Pick<Trial, 'standIn'>, userId: string, words: string) =>
  standIn.waitFor(userId, 'app', ({ body }) => body.type === 'text' && body.text.includes(words))
