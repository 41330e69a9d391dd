import { randomUUID } from 'node:crypto'
import type { Bot } from './bot.ts'
import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import { publicUrl, type AppConfig, type Config, type RobotConfig } from './config.ts'
import { dataKeysOf } from './config/data-keys.ts'
import { openDirectoryPlace } from './directory/place.ts'
import { trialDirectory } from './directory/trial.ts'
import { loadCharter } from './documents/charter.ts'
import { loadTemplates } from './documents/templates.ts'
import { fieldTypes } from './filings/field-types.ts'
import { listen } from './http/listen.ts'
import { createServer } from './http/server.ts'
import { keepKnowledge } from './knowledge/keeper.ts'
import { Model, MODEL_LIMIT_MS } from './knowledge/llm/model.ts'
import { loadKnowledge } from './knowledge/knowledge.ts'
import { LINK_LIFETIME_MS, linkKeyOf, openLink, signLink } from './links.ts'
import type { Logger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { loadPack } from './pack.ts'
import { openDocument } from './papers.ts'
import { relearn } from './receive/learn.ts'
import { receive } from './receive.ts'
import { Rephraser } from './receive/rephrase.ts'
import { openSandbox } from './sandbox/open.ts'
import { openStore } from './store/open.ts'
import { deriveKey } from './store/seal.ts'
import type { Store } from './store/store.ts'
import { startTimers } from './timers.ts'
import { WecomClient } from './wecom/client.ts'
import type { CallbackKeys } from './wecom/envelope.ts'
import { GroupRobots } from './wecom/groups.ts'

export type App = {
  /** Where the bot listens. */
  port: number
  /** Base of the links it gives out. */
  url: string
  store: Store
  /** Finishes running turns and deliveries, writes a snapshot, lets go of the data folder. */
  stop(): Promise<void>
}

/** What tests replace; the process uses what is real. */
export type Overrides = {
  clock?: Clock
  store?: Store
  /** Read from the configured template pack before. */
  contents?: PackContents
  /** Told in plain Chinese what an operator should know. */
  report?: (line: string) => void
  /** How long a model may take for one question, in milliseconds. */
  modelLimitMs?: number
}

/** All that is read from a template pack. */
export type PackContents = Awaited<ReturnType<typeof readPack>>

/** Reads and checks the whole pack. Throws `PackError`. */
export async function readPack(folder: string) {
  const pack = await loadPack(folder)
  return {
    pack,
    templates: await loadTemplates(pack),
    charter: await loadCharter(folder),
    knowledge: loadKnowledge(pack),
  }
}

const randomId = randomUUID

/** Builds the bot from its configuration. The only place that knows which parts there are. */
export async function startApp(config: Config, log: Logger, overrides: Overrides = {}): Promise<App> {
  const contents = overrides.contents ?? (await readPack(config.templatePack))
  const { pack, templates, charter } = contents
  const knowledge = keepKnowledge(contents.knowledge)
  const dataKeys = await dataKeysOf(config)
  const linkKeys = dataKeys.map((key) => linkKeyOf(deriveKey(key, 'links')))
  const directoryPlace = await openDirectoryPlace({ ...config, dataKeys, report: overrides.report })
  const directory = await directoryPlace.keep({
    admins: config.admins,
    jurisdiction: pack.jurisdiction,
    ...(config.sandbox ? { initial: trialDirectory } : {}),
    report: (line) => log.warn({ event: 'directory' }, line),
  })

  const sandbox = config.sandbox ? await openSandbox(overrides.clock ?? systemClock) : undefined
  const clock = sandbox?.clock ?? overrides.clock ?? systemClock
  const robot: RobotConfig | undefined = sandbox?.robot ?? config.robot
  const app: AppConfig | undefined = sandbox?.app ?? config.app
  const apiBase = sandbox?.url ?? config.wecomApiBase

  const store =
    overrides.store ??
    (await openStore({
      ...config,
      dataKeys,
      clock,
      report: (line) => {
        overrides.report?.(line)
        log.warn({ event: 'store' }, line)
      },
    }))
  const metrics = createMetrics(() => store.counts(), {
    isReady: () => store.isReady(),
    folder: config.store === 'json' ? config.dataDir : undefined,
  })
  const client = app && new WecomClient({ base: apiBase, ...app, clock })
  let url = publicUrl(config, config.port)

  const model =
    config.model &&
    new Model({
      ...config.model,
      limitMs: overrides.modelLimitMs ?? MODEL_LIMIT_MS,
      now: () => clock.now().getTime(),
      random: Math.random,
      report: (outcome) => log.info({ event: 'model', outcome }, 'the model was asked'),
    })
  const rephraser = model && new Rephraser(() => bot, model)
  const timers = startTimers(() => bot)
  const bot: Bot = {
    store,
    directory,
    pack,
    types: fieldTypes(pack),
    templates,
    charter,
    clock,
    log,
    metrics,
    newId: randomId,
    tell: (question, today, previous) => knowledge.answer(question, { today, ...(previous && { previous }) }),
    knowledge,
    ...(rephraser ? { rephraser } : {}),
    linkTo: (document, person) => {
      const expiresAt = new Date(clock.now().getTime() + LINK_LIFETIME_MS)
      return `${url}/files/${signLink(linkKeys[0]!, { document, person, expiresAt })}/${encodeURIComponent(document.name)}`
    },
    client,
    groups: new GroupRobots({ apiBase, clock }),
    apiBase,
    robotAesKeys: robot ? keysOf(robot).map(({ aesKey }) => aesKey) : [],
    wake: timers.wake,
  }

  await relearn(bot)

  const server = createServer({
    ...(robot ? { robot: { keys: callbackKeys(robot, ''), name: robot.name } } : {}),
    ...(app ? { app: { keys: callbackKeys(app, app.corpId), agentId: app.agentId } } : {}),
    // The port is known once the server listens.
    get publicUrl() {
      return url
    },
    receive: (message) => receive(message, bot),
    openLink: (token, name) => {
      const link = openLink(linkKeys, token, name, clock.now())
      return link && { person: link.person, make: () => openDocument(link.document, link.person, bot) }
    },
    proxies: config.proxies,
    refused: metrics.refused,
    isReady: () => store.isReady(),
    metrics: async () => (await metrics.expose()).body,
    clock,
    randomId,
    log: ({ level, message, ...details }) => log[level](details, message),
    ...(sandbox ? { extend: (router) => sandbox.addRoutes(router) } : {}),
  })
  const listening = await listen(server, { host: config.host, port: config.port })
  url = publicUrl(config, listening.port)
  sandbox?.clock.onForward(timers.wake)
  sandbox?.connect(`http://127.0.0.1:${listening.port}`)

  return {
    port: listening.port,
    url,
    store,
    async stop() {
      // An open sandbox page holds its event stream, and with it the listener.
      await sandbox?.stop()
      await listening.close()
      await rephraser?.stop()
      await timers.stop()
      await store.close()
      await directoryPlace.close()
      metrics.stop()
    },
  }
}

/** What the console has now and what it had before, while it is being changed. */
const keysOf = ({ token, aesKey, older = [] }: RobotConfig | AppConfig) => [{ token, aesKey }, ...older]

const callbackKeys = (config: RobotConfig | AppConfig, receiveId: string): CallbackKeys[] =>
  keysOf(config).map((keys) => ({ ...keys, receiveId }))
