import { spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { openPostgresStore } from '../src/store/postgres/open.ts'
import { startPostgres } from '../test/support/postgres-server.ts'
import { busy, dataKey, fileOne, median, seed, startBot } from './bot.ts'
import type { Job, Measured } from './load.ts'
import { pinned, run, start, stop, type Running } from './processes.ts'

// `npm run bench:postgres`: the same turns as `npm run bench`, with everything in PostgreSQL. The bot has core 0;
// the database, which syncs every commit, shares core 1 with the load. With `letters`: fifty thousand letters
// claimed and delivered by three instances at once.

const FEW = 100
const MANY = 10_000
const LETTERS = 50_000
const INSTANCES = 3
const LANES = 64
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const SECONDS = Number(process.env.BENCH_SECONDS ?? 4)

const server = await startPostgres({ durable: true, cores: pinned ? '1' : '' })

async function newDatabase(name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return server.url(name)
}

const open = (url: string) => openPostgresStore({ url, dataKeys: [dataKey] })
const homeOf = (url: string): Record<string, string> => ({ STORE: 'postgres', DATABASE_URL: url })

const load = (job: Omit<Job, 'lanes' | 'warmUpSeconds' | 'seconds'>): Promise<Measured> =>
  run<Measured>(1, 'bench/load.ts', [
    JSON.stringify({ lanes: LANES, warmUpSeconds: 3, seconds: SECONDS, ...job }),
  ])

async function turns(running: Running[]): Promise<void> {
  const first = await newDatabase('first')
  const { said, filing } = await fileOne(homeOf(first), () => open(first))
  const [atFew, atMany] = [await newDatabase('few'), await newDatabase('many')]
  await seed(await open(atFew), filing, FEW)
  await seed(await open(atMany), filing, MANY)
  const bare = await start('bench/bare.ts')
  running.push(bare)
  const few = await startBot(homeOf(atFew))
  running.push(few)
  const many = await startBot(homeOf(atMany))
  running.push(many)

  const rounds: { few: number; many: number; flat: number; cpu: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const limit = await busy(bare, () =>
      load({ port: bare.port, said, run: `b${round}`, messages: 20_000 * (SECONDS + 3) }),
    )
    const bot = { said, messages: 6_000 * (SECONDS + 3), ends: '确认提交' }
    const small = await load({ ...bot, port: few.port, run: `f${round}` })
    const large = await busy(many, () => load({ ...bot, port: many.port, run: `m${round}` }))
    rounds.push({
      few: small.perSecond / limit.result.perSecond,
      many: large.result.perSecond / limit.result.perSecond,
      flat: large.result.perSecond / small.perSecond,
      cpu: limit.cpuPerTurn / large.cpuPerTurn,
    })
    console.log(
      `round ${round + 1}: bare ${limit.result.perSecond.toFixed(0)}/s (${limit.cpuPerTurn.toFixed(0)} µs CPU), ` +
        `${FEW} filings ${small.perSecond.toFixed(0)}/s, ${MANY} filings ${large.result.perSecond.toFixed(0)}/s ` +
        `(${large.cpuPerTurn.toFixed(0)} µs CPU, p50 ${large.result.p50.toFixed(1)} ms, p99 ${large.result.p99.toFixed(1)} ms)`,
    )
  }
  const row = (what: string, value: number, target: number): void =>
    console.log(
      `${value >= target ? 'met   ' : 'MISSED'}  ${what.padEnd(44)} ${value.toFixed(2).padStart(9)}   ≥ ${target}`,
    )
  row(`turns/s at ${FEW} filings, of bare`, median(rounds.map((r) => r.few)), 0.25)
  row(`turns/s at ${MANY} filings, of bare`, median(rounds.map((r) => r.many)), 0.25)
  row(`turns/s at ${MANY}, of those at ${FEW}`, median(rounds.map((r) => r.flat)), 0.9)
  console.log(
    `Also: CPU of a bare turn to the bot's own of a turn ${median(rounds.map((r) => r.cpu)).toFixed(2)} ` +
      '(free of what else the machine does).',
  )
}

async function letters(): Promise<void> {
  const url = await newDatabase('letters')
  const store = await open(url)
  const at = '2026-11-23T01:00:00.000Z'
  let begun = performance.now()
  for (let begin = 0; begin < LETTERS; begin += 500) {
    await store.transact(async (tx) => {
      const keys = Array.from({ length: 500 }, (_, n) => begin + n)
      await Promise.all(
        keys.map((n) => {
          const body = { type: 'letter' as const, to: `u${n}`, reply: { text: `请在25日前报送台账 ${n}` } }
          return tx.enqueue({ key: `letter:${n}`, body, enqueuedAt: at, dueAt: at })
        }),
      )
    })
  }
  console.log(`${LETTERS} letters promised in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  await store.close()

  const arrived = new Map<string, number>()
  const wecom = createServer((request, response) => {
    let said = ''
    request.on('data', (piece: Buffer) => (said += piece.toString()))
    request.on('end', () => {
      arrived.set(said, (arrived.get(said) ?? 0) + 1)
      response.end('{"errcode":0}')
    })
  })
  await new Promise<void>((resolve) => wecom.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(wecom.address() as AddressInfo).port}`
  const stores = await Promise.all(Array.from({ length: INSTANCES }, () => open(url)))
  begun = performance.now()
  await Promise.all(
    stores.map(async (one) => {
      for (;;) {
        const due = await one.transact((tx) => tx.claimDeliveries(at, '2026-11-23T01:01:30.000Z', 20))
        if (due.length === 0) return
        await Promise.all(
          due.map(async ({ key }) => {
            await (await fetch(address, { method: 'POST', body: key })).text()
            await one.transact((tx) => tx.settleDelivery(key, { state: 'sent' }))
          }),
        )
      }
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  const { waiting } = await stores[0]!.counts()
  const twice = [...arrived.values()].filter((times) => times > 1).length
  await Promise.all(stores.map((one) => one.close()))
  wecom.close()
  const isRight = arrived.size === LETTERS && twice === 0 && waiting === 0
  console.log(
    `${isRight ? 'met   ' : 'MISSED'}  ${arrived.size} of ${LETTERS} letters claimed by ${INSTANCES} instances and delivered, ` +
      `${twice} twice, ${waiting} left: ${seconds.toFixed(1)} s, ${(LETTERS / seconds).toFixed(0)}/s`,
  )
}

const running: Running[] = []
try {
  if (process.argv[2] === 'letters') await letters()
  else {
    const built = spawnSync(process.execPath, [
      'node_modules/typescript/bin/tsc',
      '-p',
      'tsconfig.build.json',
    ])
    if (built.status !== 0) console.error(`the build complained: ${built.stdout}`)
    await turns(running)
  }
} finally {
  await Promise.all(running.map(stop))
  await server.remove()
}
