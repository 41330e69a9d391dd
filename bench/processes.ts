import { readFileSync } from 'node:fs'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0
/** Whether servers have a core of their own. */
export const pinned = canPin

const command = (core: number, args: string[]): [string, string[]] =>
  canPin ? ['taskset', ['-c', String(core), process.execPath, ...args]] : [process.execPath, args]

/** How `npm run serve` starts the bot: its young generation holds what some hundred turns throw away. */
const asServed = JSON.parse(readFileSync('package.json', 'utf8'))
  .scripts.serve.split(' ')
  .slice(1) as string[]

/** A signal lets the bot collect its garbage: what is left of its memory is what it keeps. */
const collecting = ['--expose-gc', '--import', 'data:text/javascript,process.on("SIGUSR2",()=>gc())']

const nodeArgs = (file: string): string[] =>
  file.endsWith('.ts')
    ? ['--import', 'tsx', file]
    : file === asServed.at(-1)
      ? [...collecting, ...asServed]
      : [file]

export type Running = { port: number; child: ChildProcess; startSeconds: number }

/** Starts a server on core 0 and waits until it says where it listens. */
export async function start(file: string, env: Record<string, string> = {}): Promise<Running> {
  const begun = performance.now()
  const [program, args] = command(0, nodeArgs(file))
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const said = line.startsWith('{') ? (JSON.parse(line) as { msg?: string; port?: number }) : {}
    if (said.msg !== 'listening' || said.port === undefined) continue
    child.stdout.resume()
    return { port: said.port, child, startSeconds: (performance.now() - begun) / 1000 }
  }
  throw new Error(`${file} ended before it listened`)
}

export async function stop({ child }: Running): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

/** Runs a script to its end on a core and returns the JSON of its last line. */
export async function run<T>(core: number, file: string, args: string[]): Promise<T> {
  const [program, all] = command(core, [...nodeArgs(file), ...args])
  const child = spawn(program, all, { stdio: ['ignore', 'pipe', 'inherit'] })
  let last = ''
  for await (const line of createInterface({ input: child.stdout })) last = line
  if (last === '') throw new Error(`${file} said nothing`)
  return JSON.parse(last) as T
}

/** The bytes of the heap that are in use once the bot (no other server) has collected its garbage. */
export async function keptBytes(bot: Running): Promise<number> {
  bot.child.kill('SIGUSR2')
  // A first request may overtake the signal.
  await metric(bot, 'nodejs_heap_size_used_bytes')
  return metric(bot, 'nodejs_heap_size_used_bytes')
}

/** One figure of /metrics. */
export async function metric({ port }: Running, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
}
