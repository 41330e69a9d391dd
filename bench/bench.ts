import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { openJsonStore } from '../src/store/json/open.ts'
import { busy, dataKey, fileOne, median, seed, startBot, turnsOf } from './bot.ts'
import type { Job, Measured } from './load.ts'
import { keptBytes, metric, pinned, run, start, stop, type Running } from './processes.ts'
import type { benchReminders } from './reminders.ts'
import { runSoak } from './soak.ts'

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
const folder = await mkdtemp(path.join(tmpdir(), 'bench-'))

const homeOf = (name: string): Record<string, string> => ({ DATA_DIR: path.join(folder, name) })
const open = (name: string) => openJsonStore({ folder: path.join(folder, name), dataKeys: [dataKey] })

const load = (job: Omit<Job, 'lanes' | 'warmUpSeconds' | 'seconds'>): Promise<Measured> =>
  run<Measured>(1, 'bench/load.ts', [
    JSON.stringify({ lanes: LANES, warmUpSeconds: 3, seconds: SECONDS, ...job }),
  ])

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

  const { said, filing } = await fileOne(homeOf('first'), () => open('first'))
  await seed(await open('few'), filing, FEW)
  await seed(await open('many'), filing, MANY)
  await writeFile(path.join(folder, 'filing.json'), JSON.stringify(filing), { mode: 0o600 })

  const bare = await begin(start('bench/bare.ts'))
  const few = await begin(startBot(homeOf('few')))
  const many = await begin(startBot(homeOf('many')))
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
  const { dayMs, aheadMs } = await run<Awaited<ReturnType<typeof benchReminders>>>(0, 'bench/reminders.ts', [
    String(MANY),
  ])
  row(`reminders of a day, ${MANY} organizations`, dayMs, 0, ' ms', '<', 1000)
  row('the same, thirty days foreseen', aheadMs, 0, ' ms', '<', 1000)
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
