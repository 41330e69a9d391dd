/** `npm run doctor`: looks at everything a start depends on and says in Chinese what to put right. */

import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { systemClock, type Clock } from '../clock.ts'
import { ConfigError, knownNames, parseConfig, type Config, type Environment } from '../config.ts'
import { loadPack } from '../pack.ts'
import { checkDatabase } from './doctor-database.ts'
import { adviceFor } from './wecom-console.ts'

/** One line of the report. `says` is what was found and, when it is not well, what to do. */
export type Finding = { about: string; well: boolean; says: string }

const well = (about: string, says: string): Finding => ({ about, well: true, says })
const unwell = (about: string, says: string): Finding => ({ about, well: false, says })

/** Signatures are refused when clock and timestamp are more than 10 minutes apart; half of it is left as reserve. */
const CLOCK_MS = 5 * 60_000
const PATIENCE_MS = 8000
const SLOW_DISK_MS = 50
const OLDEST_NODE = [20, 19] as const
/** Node 20 has had no security updates since 2026-04-30. */
const OLDEST_SUPPORTED_NODE = 22

/** Runs every check; one that cannot run says so. Never shows a value of the environment. */
export async function examine(environment: Environment, clock: Clock): Promise<Finding[]> {
  const settings = checkSettings(environment)
  const config = usableConfig(environment)
  const halfConfigured = settings.some(({ about, well }) => !well && /^(WECOM_|DATA_KEY)/.test(about))
  return [
    checkNode(process.versions.node),
    ...settings,
    checkPublicUrl(config),
    ...(await checkData(config)),
    ...(config.databaseUrl && config.store === 'postgres' ? await checkDatabase(config.databaseUrl) : []),
    await checkPack(config),
    ...(halfConfigured ? [notAsked] : await checkWecom(config, clock)),
  ]
}

const notAsked = unwell('企业微信', '没有去连。请先把上面的设置改好。')

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const old = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])
  if (old) return unwell('运行环境', `Node ${version} 太旧。请装 Node ${OLDEST_NODE.join('.')} 以上。`)
  if (major >= OLDEST_SUPPORTED_NODE) return well('运行环境', `Node ${version}。`)
  return well('运行环境', `Node ${version} 能用，但官方已停止维护，方便时换成 24。`)
}

function checkSettings(environment: Environment): Finding[] {
  const misspelt = Object.keys(environment)
    .filter((name) => /^(WECOM|LLM)_/.test(name) && !knownNames.includes(name))
    .map((name) => unwell(name, '没有这个设置。请对照 .env.example 看看是不是写错了。'))
  const problems = problemsOf(environment).map(({ name, wrong, expected }) =>
    unwell(name, `${wrong}，应为${expected}。请改 .env 再试。`),
  )
  const all = [...misspelt, ...problems]
  return all.length > 0 ? all : [well('设置', modeOf(parseConfig(environment)))]
}

function modeOf({ sandbox, robot, app, model }: Config): string {
  if (sandbox) return '没有填企业微信凭证，是试用模式。'
  const parts = [robot && '智能机器人', app && '自建应用', model && '大模型'].filter(Boolean).join('、')
  return app ? `齐了：${parts}。` : `齐了：${parts}。没有自建应用，就不能主动发文件和提醒。`
}

const problemsOf = (environment: Environment) => {
  try {
    parseConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

/** The environment without what is wrong in it, so that the other checks can still run. */
function usableConfig(environment: Environment): Config {
  const bad = new Set(problemsOf(environment).map((problem) => problem.name))
  if (bad.size === 0) return parseConfig(environment)
  const prefixes = ['WECOM_ROBOT', 'WECOM_', 'LLM_'].filter((prefix) =>
    [...bad].some((name) => name.startsWith(prefix)),
  )
  // Without its address there is nothing to be asked of a database.
  const kept = Object.entries(environment).filter(
    ([name]) =>
      !bad.has(name) &&
      !prefixes.some((prefix) => name.startsWith(prefix)) &&
      !(name === 'STORE' && bad.has('DATABASE_URL')),
  )
  const rest = Object.fromEntries(kept)
  return problemsOf(rest).length === 0 ? parseConfig(rest) : parseConfig({})
}

function checkPublicUrl({ publicUrl, sandbox }: Config): Finding {
  const about = 'PUBLIC_URL'
  if (publicUrl === undefined) {
    return sandbox
      ? well(about, '没有填，试用时用本机地址。')
      : unwell(about, '没有填，手机打不开文件链接。请填手机能打开的网址。')
  }
  const { protocol, hostname } = new URL(publicUrl)
  const here = hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]'
  if (here && !sandbox) return unwell(about, '是本机地址，手机打不开文件链接。请填手机能打开的网址。')
  if (protocol === 'http:' && !here)
    return well(about, '能用，但没有加密。文件里有个人信息，最好换成 https。')
  return well(about, '网址没有问题。')
}

async function checkData({ dataDir, sandbox }: Config): Promise<Finding[]> {
  const probe = path.join(dataDir, `.doctor-${process.pid}`)
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 })
    const handle = await open(probe, 'w', 0o600)
    const times: number[] = []
    try {
      for (let i = 0; i < 9; i++) {
        const start = performance.now()
        await handle.write('x'.repeat(4096))
        await handle.datasync()
        times.push(performance.now() - start)
      }
    } finally {
      await handle.close()
      await rm(probe, { force: true })
    }
    const typical = times.sort((a, b) => a - b)[4] ?? 0
    const speed = `能写，落盘一次约 ${typical.toFixed(1)} 毫秒`
    const slow = typical > SLOW_DISK_MS ? '，偏慢。请换到本机固态硬盘，别放网络盘' : ''
    return [
      well('数据文件夹', `${speed}${slow}。`),
      ...(await checkLeftovers(dataDir, sandbox)),
      ...(await checkLock(dataDir)),
    ]
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return [unwell('数据文件夹', `写不进去（${code}）。请检查 DATA_DIR 和它的权限、磁盘空间。`)]
  }
}

/** What the sandbox wrote is sealed with a key of its own, which a real start does not use. */
async function checkLeftovers(dataDir: string, sandbox: boolean): Promise<Finding[]> {
  if (sandbox || !(await readdir(dataDir)).includes('sandbox.key')) return []
  return [unwell('数据文件夹', '里面是试用时的数据。请换一个 DATA_DIR，别和正式数据混在一起。')]
}

/** A process that is gone leaves its lock behind; the next start takes it over. */
async function checkLock(dataDir: string): Promise<Finding[]> {
  const text = await readFile(path.join(dataDir, 'lock'), 'utf8').catch(() => undefined)
  if (text === undefined) return []
  const pid = /"pid":(\d+)/.exec(text)?.[1]
  if (pid !== undefined && isRunning(Number(pid))) {
    return [well('数据文件夹', `进程 ${pid} 正在使用，机器人开着时是正常的。再开一个会被拒绝。`)]
  }
  return [well('数据文件夹', '有上次意外停止留下的锁，启动时会自动接管。')]
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function checkPack({ templatePack }: Config): Promise<Finding> {
  try {
    const pack = await loadPack(templatePack)
    return well('模板包', `${pack.name}（${pack.edition}），${pack.forms.length} 张表。`)
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll('\n', ' ') : '读不出来'
    return unwell('模板包', `${why}。请改好后运行 npm run templates -- check。`)
  }
}

const Answer = z.object({ errcode: z.int().default(0), errmsg: z.string().default('') })

async function checkWecom({ wecomApiBase, sandbox, app }: Config, clock: Clock): Promise<Finding[]> {
  if (sandbox) return [well('企业微信', '试用模式，不用连。')]
  const token = app
    ? await ask(
        `${wecomApiBase}/cgi-bin/gettoken?${new URLSearchParams({ corpid: app.corpId, corpsecret: app.secret })}`,
      )
    : await ask(`${wecomApiBase}/cgi-bin/getcallbackip`)
  if ('unreachable' in token) {
    return [
      unwell('企业微信', `连不上（${token.unreachable}）。请检查服务器能不能上网、防火墙和 WECOM_API_BASE。`),
    ]
  }
  const time = checkTime(token.date, clock.now())
  if (!app) return [well('企业微信', '连得上。'), ...time]
  const { errcode, errmsg } = Answer.parse(token.body)
  if (errcode !== 0) return [unwell('企业微信', `${adviceFor(errcode, errmsg)}。`), ...time]
  return [
    well('企业微信', '连得上，企业ID和 Secret 正确。'),
    await checkAgent(wecomApiBase, app.agentId, token.body),
    ...time,
  ]
}

/** Only a call with the token meets the trusted IP and the agent id. */
async function checkAgent(base: string, agentId: number, tokenBody: unknown): Promise<Finding> {
  const { access_token: accessToken } = z.object({ access_token: z.string().default('') }).parse(tokenBody)
  const query = new URLSearchParams({ access_token: accessToken, agentid: String(agentId) })
  const agent = await ask(`${base}/cgi-bin/agent/get?${query}`)
  if ('unreachable' in agent) return unwell('自建应用', `没有回答（${agent.unreachable}）。请过一会儿再试。`)
  const { errcode, errmsg } = Answer.parse(agent.body)
  if (errcode !== 0) return unwell('自建应用', `${adviceFor(errcode, errmsg)}。`)
  return well('自建应用', 'AgentId 正确，服务器的IP可信。')
}

/** Not asked at all, or not answered with JSON: the reason, without the address, which holds the secret. */
async function ask(url: string): Promise<{ body: unknown; date: string | null } | { unreachable: string }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error' })
    if (!response.ok) return { unreachable: `HTTP ${response.status}` }
    return { body: await response.json(), date: response.headers.get('date') }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const { code, name } = cause as { code?: string | number; name?: string }
    return { unreachable: String(typeof code === 'string' ? code : name) }
  }
}

function checkTime(date: string | null, now: Date): Finding[] {
  const theirs = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(theirs)) return []
  const apart = now.getTime() - theirs
  const minutes = Math.round(Math.abs(apart) / 60_000)
  if (Math.abs(apart) <= CLOCK_MS) return [well('时钟', '和企业微信相差不到5分钟。')]
  return [
    unwell(
      '时钟',
      `比企业微信${apart > 0 ? '快' : '慢'} ${minutes} 分钟，消息会被当成重放拒收。请打开自动校时。`,
    ),
  ]
}

export const report = (findings: Finding[]): string => {
  const lines = findings.map(({ about, well, says }) => `${well ? '好　' : '不好'}  ${about}：${says}`)
  const bad = findings.filter((finding) => !finding.well).length
  return [...lines, bad === 0 ? '全部正常。' : `有 ${bad} 项不好，改好后再运行一次 npm run doctor。`].join(
    '\n',
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.loadEnvFile()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const findings = await examine(process.env, systemClock)
  console.log(report(findings))
  process.exitCode = findings.every((finding) => finding.well) ? 0 : 1
}
