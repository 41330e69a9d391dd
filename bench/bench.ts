import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import type { Filing } from '../src/filings/filing.ts'
import { openJsonStore } from '../src/store/json/open.ts'
import { learnInterview, submit } from './interview.ts'
import type { Job, Measured } from './load.ts'
import { keptBytes, metric, pinned, run, start, stop, type Running } from './processes.ts'
import { runSoak } from './soak.ts'
import { keys } from './wire.ts'

// `npm run bench`: what a durable interview turn costs, as a share of what a server could do that only verifies,
// decrypts and encrypts. Server on core 0, load on core 1, rounds interleaved, medians of ratios within one round.
// `npm run bench -- soak 10`: ten minutes of load, looking for what grows.

if (process.argv[2] === 'soak') {
  await runSoak(Number(process.argv[3] ?? 5))
  process.exit()
}

const FEW = 100
const MANY = 10_000
const LANES = 64
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)
const dataKey = Buffer.alloc(32, 7)
const folder = await mkdtemp(path.join(tmpdir(), 'bench-'))

const startBot = (name: string): Promise<Running> =>
  start('dist/main.js', {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: path.join(folder, name),
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
  })

/** One real filing, by conversation, and what was said on the way. */
async function fileOne(): Promise<{ said: string[]; filing: Filing }> {
  const bot = await startBot('first')
  const said = await learnInterview(bot.port, 'first')
  await submit(bot.port, 'first')
  await stop(bot)
  const store = await openJsonStore({ folder: path.join(folder, 'first'), dataKeys: [dataKey] })
  const [filing] = await store.transact((tx) => tx.listFilingsOf('first'))
  await store.close()
  if (!filing) throw new Error('what was submitted is not in the store')
  return { said, filing }
}

async function seed(name: string, filing: Filing, count: number): Promise<void> {
  const store = await openJsonStore({ folder: path.join(folder, name), dataKeys: [dataKey] })
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

const load = (job: Omit<Job, 'lanes' | 'warmUpSeconds' | 'seconds'>): Promise<Measured> =>
  run<Measured>(1, 'bench/load.ts', [
    JSON.stringify({ lanes: LANES, warmUpSeconds: 3, seconds: SECONDS, ...job }),
  ])

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const turnsOf = async (bot: Running): Promise<number> =>
  (await metric(bot, 'filing_turn_seconds_count{channel="robot"}')) || 0

/** How busy the server's core was with it while `work` ran. */
async function busy<T>(bot: Running, work: () => Promise<T>): Promise<{ result: T; cpuPerTurn: number }> {
  const before = { cpu: await metric(bot, 'process_cpu_seconds_total'), turns: await turnsOf(bot) }
  const result = await work()
  const spent = (await metric(bot, 'process_cpu_seconds_total')) - before.cpu
  return { result, cpuPerTurn: (spent / ((await turnsOf(bot)) - before.turns)) * 1e6 }
}

const running: Running[] = []
const begin = async (starting: Promise<Running>): Promise<Running> => {
  const server = await starting
  running.push(server)
  return server
}

try {
  const built = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'])
  if (built.status !== 0) console.error(`the build complained: ${built.stdout}`)
  console.log(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model}, ` +
      (pinned ? 'server on core 0, load on core 1' : 'not pinned: taskset is missing'),
  )

  const { said, filing } = await fileOne()
  await seed('few', filing, FEW)
  await seed('many', filing, MANY)
  await writeFile(path.join(folder, 'filing.json'), JSON.stringify(filing), { mode: 0o600 })

  const bare = await begin(start('bench/bare.ts'))
  const few = await begin(startBot('few'))
  const many = await begin(startBot('many'))
  const startMemory = (await metric(many, 'process_resident_memory_bytes')) / 1024 ** 2
  const keptAtStart = await keptBytes(many)

  const rounds: { bare: number; few: number; many: number; cpu: number; bareCpu: number }[] = []
  // Round 0 is not counted: a server that runs for weeks has compiled what it runs often, the small one sooner.
  for (let round = 0; round <= ROUNDS; round++) {
    const limit = await busy(bare, () =>
      load({ port: bare.port, said, run: `b${round}`, messages: 20_000 * (SECONDS + 3) }),
    )
    const bot = { said, messages: 9_000 * (SECONDS + 3), ends: '确认提交' }
    const atFew = await load({ ...bot, port: few.port, run: `f${round}` })
    const atMany = await busy(many, () => load({ ...bot, port: many.port, run: `m${round}` }))
    if (round > 0)
      rounds.push({
        bare: limit.result.perSecond,
        few: atFew.perSecond,
        many: atMany.result.perSecond,
        cpu: atMany.cpuPerTurn,
        bareCpu: limit.cpuPerTurn,
      })
    console.log(
      `round ${round}: bare ${limit.result.perSecond.toFixed(0)}/s (${limit.cpuPerTurn.toFixed(0)} µs CPU), ${FEW} filings ${atFew.perSecond.toFixed(0)}/s, ` +
        `${MANY} filings ${atMany.result.perSecond.toFixed(0)}/s (${atMany.cpuPerTurn.toFixed(0)} µs CPU)`,
    )
  }
  const rate = median(rounds.map((round) => round.many)) / 2
  const half = await load({
    port: many.port,
    said,
    run: 'half',
    rate,
    messages: rate * (SECONDS + 3),
    ends: '确认提交',
  })
  const paper = await run<{ median: number; first: number }>(0, 'bench/paper.ts', [
    path.join(folder, 'filing.json'),
  ])
  const loadedMemory = (await metric(many, 'process_resident_memory_bytes')) / 1024 ** 2
  const kept = await keptBytes(many)
  const keptPerTurn = (kept - keptAtStart) / (await turnsOf(many))

  const table: [what: string, measured: string, target: string, met: boolean][] = []
  const row = (what: string, value: number, digits: number, unit: string, sign: '≥' | '<', target: number) =>
    table.push([
      what,
      `${value.toFixed(digits)}${unit}`,
      `${sign} ${target}${unit}`,
      sign === '<' ? value < target : value >= target,
    ])
  row(`turns/s at ${FEW} filings, of bare`, median(rounds.map((r) => r.few / r.bare)), 2, '', '≥', 0.4)
  row(`turns/s at ${MANY} filings, of bare`, median(rounds.map((r) => r.many / r.bare)), 2, '', '≥', 0.4)
  row(`turns/s at ${MANY}, of those at ${FEW}`, median(rounds.map((r) => r.many / r.few)), 2, '', '≥', 0.9)
  row(`p99 of a turn at half load (${rate.toFixed(0)}/s)`, half.p99, 1, ' ms', '<', 50)
  row(`start with ${MANY} filings`, many.startSeconds, 2, ' s', '<', 3)
  row(`memory after the start`, startMemory, 0, ' MB', '<', 300)
  row('备案申请表 filled and read back, median', paper.median, 1, ' ms', '<', 150)
  for (const [what, measured, target, met] of table) {
    console.log(`${met ? 'met   ' : 'MISSED'}  ${what.padEnd(44)} ${measured.padStart(9)}   ${target}`)
  }
  console.log(
    `Also: CPU of a bare turn to that of a turn at ${MANY} ${median(rounds.map((r) => r.bareCpu / r.cpu)).toFixed(2)} ` +
      `(free of what else the machine does); ${said.length} messages an interview; first document ${paper.first.toFixed(0)} ms; p50 at half load ` +
      `${half.p50.toFixed(1)} ms; memory after ${rounds.length + 2} runs ${loadedMemory.toFixed(0)} MB, heap in use ` +
      `without garbage ${(kept / 1024 ** 2).toFixed(0)} MB, ${(keptPerTurn / 1024).toFixed(1)} KB a turn (replies are kept for two hours); ` +
      `start with ${FEW} filings ${few.startSeconds.toFixed(2)} s.`,
  )
} finally {
  await Promise.all(running.map(stop))
  await rm(folder, { recursive: true, force: true })
}
