import type { Bot } from '../../../src/bot.ts'
import type { Clock } from '../../../src/clock.ts'
import type { Store } from '../../../src/store/store.ts'
import { WecomClient } from '../../../src/wecom/client.ts'
import { GroupRobots } from '../../../src/wecom/groups.ts'
import { appKeys } from '../../support/trial.ts'

class Killed extends Error {
  override name = 'Killed'
}

/** One process of the bot: a Bot of its own over the common store, which can die between any two of its steps. */
export type Process = {
  name: string
  bot: Bot
  isAlive: boolean
  /** Dies after so many uses of the store. */
  steps: number
}

export function startProcess(name: string, parts: Bot, store: Store, clock: Clock): Process {
  const base = `http://${name}`
  const process: Process = { name, bot: parts, isAlive: true, steps: Infinity }
  const step = (): void => {
    if (--process.steps < 0) process.isAlive = false
    if (!process.isAlive) throw new Killed(name)
  }
  process.bot = {
    ...parts,
    clock,
    store: {
      ...store,
      isReady: () => true,
      counts: () => store.counts(),
      close: () => Promise.resolve(),
      async transact(work) {
        step()
        const value = await store.transact(work)
        // What was committed stays, whether or not its process lives to see it.
        step()
        return value
      },
    },
    client: new WecomClient({ base, ...appKeys, clock }),
    groups: new GroupRobots({ apiBase: base, clock }),
    apiBase: base,
  }
  return process
}

/** Works until it is done or its process dies. */
export async function live(process: Process, work: (bot: Bot) => Promise<unknown>): Promise<void> {
  try {
    await work(process.bot)
  } catch (error) {
    if (process.isAlive) throw error
  }
}
