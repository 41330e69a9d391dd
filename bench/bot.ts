import type { Filing } from '../src/filings/filing.ts'
import type { Store } from '../src/store/store.ts'
import { learnInterview, submit } from './interview.ts'
import { metric, start, stop, type Running } from './processes.ts'
import { keys } from './wire.ts'

export const dataKey = Buffer.alloc(32, 7)

/** The bot as it is served; `home` says where it keeps everything. */
export const startBot = (home: Record<string, string>): Promise<Running> =>
  start('dist/main.js', {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_KEY: dataKey.toString('base64'),
    WECOM_ROBOT_NAME: '备案助手',
    WECOM_ROBOT_TOKEN: keys.token,
    WECOM_ROBOT_AES_KEY: keys.aesKey,
    // A robot alone pushes nothing, so nobody is asked here.
    WECOM_API_BASE: 'http://127.0.0.1:9',
    WECOM_CORP_ID: '',
    WECOM_AGENT_ID: '',
    WECOM_APP_SECRET: '',
    WECOM_APP_TOKEN: '',
    WECOM_APP_AES_KEY: '',
    LLM_BASE_URL: '',
    LLM_API_KEY: '',
    LLM_MODEL: '',
    LOG_LEVEL: 'info',
    ...home,
  })

/** One real filing, by conversation with a bot at `home`, and what was said on the way. */
export async function fileOne(
  home: Record<string, string>,
  open: () => Promise<Store>,
): Promise<{ said: string[]; filing: Filing }> {
  const bot = await startBot(home)
  const said = await learnInterview(bot.port, 'first')
  await submit(bot.port, 'first')
  await stop(bot)
  const store = await open()
  const [filing] = await store.transact((tx) => tx.listFilingsOf('first'))
  await store.close()
  if (!filing) throw new Error('what was submitted is not in the store')
  return { said, filing }
}

/** Fills a store with copies of a filing, and closes it. */
export async function seed(store: Store, filing: Filing, count: number): Promise<void> {
  for (let begin = 0; begin < count; begin += 100) {
    await store.transact(async (tx) => {
      for (let number = begin; number < Math.min(begin + 100, count); number++) {
        await tx.saveFiling({
          ...filing,
          id: `seeded-${number}`,
          caseNumber: `2025-${number}`,
          applicant: `seeded${number}`,
          organizationName: `${filing.organizationName}第${number}分队`,
        })
      }
    })
  }
  await store.close()
}

/** Turns a bot has answered; none of the bare server. */
export const turnsOf = async (bot: Running): Promise<number> =>
  (await metric(bot, 'filing_turn_seconds_count{channel="robot"}')) || 0

/** How busy the server's core was with it while `work` ran. */
export async function busy<T>(
  bot: Running,
  work: () => Promise<T>,
): Promise<{ result: T; cpuPerTurn: number }> {
  const before = { cpu: await metric(bot, 'process_cpu_seconds_total'), turns: await turnsOf(bot) }
  const result = await work()
  const spent = (await metric(bot, 'process_cpu_seconds_total')) - before.cpu
  return { result, cpuPerTurn: (spent / ((await turnsOf(bot)) - before.turns)) * 1e6 }
}

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
