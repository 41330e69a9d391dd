import { existsSync } from 'node:fs'
import { startApp } from './app.ts'
import { ConfigError, parseConfig, type Config } from './config.ts'
import { createLogger } from './log.ts'
import { PackError } from './pack.ts'
import { StoreError } from './store/error.ts'
import { SealError } from './store/seal.ts'

const EX_CONFIG = 78
const STOP_WITHIN_MS = 14_000

function readConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env')
  try {
    return parseConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`配置有问题，没有启动：\n${error.message}\n`)
    process.exit(EX_CONFIG)
  }
}

// Everything the bot writes may hold personal data.
process.umask(0o077)
const config = readConfig()
const log = createLogger(config.logLevel)
if (Number(process.versions.node.split('.')[0]) < 22) {
  log.warn(
    { node: process.version },
    'this version of Node.js is past its end of life; 22 or newer is advised',
  )
}

try {
  const app = await startApp(config, log, {
    // The log masks Chinese, which is where names would stand; these lines hold none.
    report: (line) => process.stderr.write(`${line}\n`),
  })
  log.info({ port: app.port, mode: config.sandbox ? 'sandbox' : 'live' }, 'listening')
  if (config.sandbox) process.stdout.write(`\n备案助手（试用）已启动，请打开 ${app.url}/sandbox\n\n`)

  let stopping = false
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      log.error({ signal }, 'could not stop in time')
      process.exit(1)
    }, STOP_WITHIN_MS).unref()
    app.stop().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (error) {
  if (error instanceof StoreError || error instanceof PackError || error instanceof SealError) {
    process.stderr.write(`没有启动：${error.message}\n`)
  } else if (error instanceof Error && 'syscall' in error && 'code' in error) {
    const { path, port, code } = error as NodeJS.ErrnoException & { port?: number }
    const what = path === undefined ? `端口 ${port} 用不了` : `${path} 写不进去或读不出来`
    process.stderr.write(`没有启动：${what}（${code}）。请检查设置、权限和磁盘空间。\n`)
  } else {
    log.fatal({ err: error }, 'could not start')
  }
  process.exit(1)
}
