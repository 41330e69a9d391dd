import { setTimeout as wait } from 'node:timers/promises'
import { interviewOf } from './interview.ts'
import { callback, heard, Lane } from './wire.ts'

// The load generator, a process of its own. Leaders come one after another on every lane and walk the interview.
// With a rate, messages leave when they are due, and lateness counts as waiting.

export type Job = {
  port: number
  /** What a leader says. */
  said: string[]
  /** Makes the user ids of this run new ones. */
  run: string
  lanes: number
  warmUpSeconds: number
  seconds: number
  /** Messages a second over all lanes; undefined is as fast as answers come. */
  rate?: number
  /** Most messages to prepare. */
  messages: number
  /** What the last answer of every interview must contain; undefined for a server that only echoes. */
  ends?: string
}

export type Measured = { perSecond: number; p50: number; p99: number; turns: number }

const job = JSON.parse(process.argv[2] ?? '') as Job

/** Two characters of Chinese numerals per mark keep names within the naming rule. */
const numerals = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张'
const markOf = (number: number): string => {
  const [base, digits] = [numerals.length, [] as string[]]
  for (let rest = number; digits.length < 3; rest = Math.floor(rest / base)) {
    digits.push(numerals[rest % base] ?? '')
  }
  return digits.join('')
}

const leaders = Math.ceil(job.messages / job.said.length / job.lanes) * job.lanes
const walks = Array.from({ length: leaders }, (_, number) =>
  interviewOf(job.said, markOf(number)).map((words) => callback(`${job.run}-${number}`, words)),
)
const lanes = await Promise.all(Array.from({ length: job.lanes }, () => Lane.open(job.port)))

const started = performance.now()
const from = started + job.warmUpSeconds * 1000
let until = from + job.seconds * 1000
const waits: number[] = []
const endings: Buffer[] = []
const pause = job.rate === undefined ? 0 : (1000 * job.lanes) / job.rate

await Promise.all(
  lanes.map(async (lane, number) => {
    let due = started + (pause * number) / job.lanes
    for (let leader = number; leader < leaders; leader += job.lanes) {
      const walk = walks[leader] ?? []
      for (const [index, request] of walk.entries()) {
        if (performance.now() > until) return
        if (pause > 0) {
          const early = due - performance.now()
          if (early > 0) await wait(early)
        } else {
          due = performance.now()
        }
        const body = await lane.send(request)
        const done = performance.now()
        if (done >= from && done <= until) waits.push(done - due)
        if (index === walk.length - 1 && endings.length < 500) endings.push(Buffer.from(body))
        due += pause
      }
    }
    // Out of leaders: what follows would be less than the full load.
    until = Math.min(until, performance.now())
  }),
)
for (const lane of lanes) lane.close()

if (job.ends !== undefined) {
  if (endings.length === 0) throw new Error('nobody came to the end of the interview')
  for (const ending of endings) {
    const text = heard(ending)
    if (!text.includes(job.ends)) throw new Error(`an interview ended elsewhere: ${text}`)
  }
}
waits.sort((a, b) => a - b)
const at = (share: number): number => waits[Math.floor(share * (waits.length - 1))] ?? Number.NaN
const measured: Measured = {
  perSecond: (waits.length / (until - from)) * 1000,
  p50: at(0.5),
  p99: at(0.99),
  turns: waits.length,
}
console.log(JSON.stringify(measured))
process.exit(0)
