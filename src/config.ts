import { z } from 'zod'
import { aesKeys, paired, tokens, type CallbackSecrets } from './config/callback-secrets.ts'
import type { UserId } from './messages.ts'

export type Environment = Record<string, string | undefined>

export type RobotConfig = CallbackSecrets & { name: string }

export type AppConfig = CallbackSecrets & { corpId: string; agentId: number; secret: string }

export type ModelConfig = { baseUrl: string; apiKey: string; model: string }

/** The environment as one typed, checked value. */
export type Config = {
  /** No WeCom credential was given: a stand-in plays WeCom. */
  sandbox: boolean
  /** 0 takes any free port. */
  port: number
  host: string
  /** Reverse proxies of the house a request comes through. */
  proxies: number
  /** Base of links, without a slash at the end; undefined when `PUBLIC_URL` was not set (see `publicUrl`). */
  publicUrl: string | undefined
  dataDir: string
  store: 'json' | 'postgres'
  /** There when the store is postgres. */
  databaseUrl: string | undefined
  templatePack: string
  /** 32 bytes each: the first encrypts, all decrypt. Empty only in the sandbox, which has `sandboxKey`. */
  dataKeys: Buffer[]
  /** In lower case. */
  admins: UserId[]
  logLevel: LogLevel
  /** Without a slash at the end. */
  wecomApiBase: string
  /** At least one of the two outside the sandbox. */
  robot: RobotConfig | undefined
  app: AppConfig | undefined
  model: ModelConfig | undefined
}

const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
export type LogLevel = z.infer<typeof LogLevel>

/** One thing wrong with the environment. Never holds a value: it may be a secret. */
export type Problem = { name: string; wrong: string; expected: string }

/** The environment cannot be used. The message has one line per problem. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    super(problems.map(({ name, wrong, expected }) => `${name}：${wrong}，应为${expected}`).join('\n'))
    this.problems = problems
  }
}

/** What each variable must be; the second half of every problem line. */
const expected = {
  PORT: '0–65535 的整数（不填是 3000）',
  HOST: '要监听的地址，例如 0.0.0.0',
  PROXIES: '前面有几层自己的反向代理，0–9（直接对外是 0）',
  PUBLIC_URL: '别人打开文件链接用的网址，以 https:// 或 http:// 开头，不带 ? 和 #',
  DATA_DIR: '放数据的文件夹',
  STORE: 'json 或 postgres',
  DATABASE_URL: 'postgres://用户:密码@主机:端口/数据库',
  TEMPLATE_PACK: '模板包的文件夹，例如 templates/liubei',
  DATA_KEY: '32 字节的 base64（用 openssl rand -base64 32 生成；换密钥时新的写前面，用逗号隔开）',
  ADMIN_USERIDS: '企业微信账号，几个用逗号隔开',
  LOG_LEVEL: 'fatal、error、warn、info、debug、trace 或 silent',
  WECOM_API_BASE: 'https 网址，本机试用可以是 http://127.0.0.1:端口',
  WECOM_CORP_ID: '企业ID（我的企业→企业信息，ww 开头）',
  WECOM_ROBOT_NAME: '智能机器人的名称，32 字以内',
  WECOM_ROBOT_TOKEN: '智能机器人接收消息的 Token（字母和数字；更换期间新的写前面，用逗号隔开）',
  WECOM_ROBOT_AES_KEY: '智能机器人的 EncodingAESKey，43 位字母和数字，和 Token 一一对应',
  WECOM_AGENT_ID: '自建应用的 AgentId，一个整数',
  WECOM_APP_SECRET: '自建应用的 Secret',
  WECOM_APP_TOKEN: '自建应用接收消息的 Token（字母和数字；更换期间新的写前面，用逗号隔开）',
  WECOM_APP_AES_KEY: '自建应用的 EncodingAESKey，43 位字母和数字，和 Token 一一对应',
  LLM_BASE_URL: '模型服务的网址，以 https:// 或 http:// 开头',
  LLM_API_KEY: '模型服务的密钥',
  LLM_MODEL: '模型的名称',
} as const
type Name = keyof typeof expected

/** The names this program reads, for those who look for misspelt ones. */
export const knownNames: readonly string[] = Object.keys(expected)

const text = (longest: number) =>
  z
    .string()
    .regex(/^[^\p{Cc}]+$/u, '有看不见的字符')
    .max(longest, `超过 ${longest} 个字`)

const wholeNumber = (most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, '不是整数')
    .transform(Number)
    .refine((number) => number <= most, '太大')

const webAddress = z
  .string()
  .refine((address) => {
    const url = URL.canParse(address) ? new URL(address) : undefined
    return url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !/[?#]/.test(address)
  }, '不是这样的网址')
  .transform((address) => address.replace(/\/+$/, ''))

const databaseAddress = z.string().refine((address) => {
  const url = URL.canParse(address) ? new URL(address) : undefined
  return url && /^postgres(ql)?:$/.test(url.protocol) && url.hostname !== '' && url.pathname.length > 1
}, '不是这样的地址')

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

const dataKeys = z
  .string()
  .regex(/^[A-Za-z0-9+/=\s,_-]+$/, '不是 base64')
  .transform((list, context) => {
    const keys = list.split(',').map((key) => Buffer.from(key.trim(), 'base64'))
    for (const [index, key] of keys.entries()) {
      if (key.length === 32) continue
      context.addIssue(`第 ${index + 1} 个解开是 ${key.length} 字节`)
      return z.NEVER
    }
    return keys
  })

const Variables = z.object({
  PORT: wholeNumber(65_535).default(3000),
  HOST: text(255).default('0.0.0.0'),
  PROXIES: wholeNumber(9).default(0),
  PUBLIC_URL: webAddress.optional(),
  DATA_DIR: text(1000).default('./data'),
  STORE: z.enum(['json', 'postgres'], '不是其中之一').default('json'),
  DATABASE_URL: databaseAddress.optional(),
  TEMPLATE_PACK: text(1000).default('templates/liubei'),
  DATA_KEY: dataKeys.optional(),
  ADMIN_USERIDS: z
    .string()
    .transform((list) => list.split(/[,，;；\s]+/).filter((id) => id !== ''))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[\w.@-]{1,64}$/, '有不像账号的内容')
          .toLowerCase(),
      ),
    )
    .default([]),
  LOG_LEVEL: z.string().toLowerCase().pipe(z.enum(LogLevel.options, '不是其中之一')).default('info'),
  WECOM_API_BASE: webAddress
    .refine((address) => {
      const { protocol, hostname } = new URL(address)
      return protocol === 'https:' || isLoopback(hostname)
    }, '不是 https')
    .default('https://qyapi.weixin.qq.com'),
  WECOM_CORP_ID: z
    .string()
    .regex(/^[\w-]{1,64}$/, '有字母和数字以外的字符')
    .optional(),
  WECOM_ROBOT_NAME: text(32).default('备案助手'),
  WECOM_ROBOT_TOKEN: tokens.optional(),
  WECOM_ROBOT_AES_KEY: aesKeys.optional(),
  WECOM_AGENT_ID: wholeNumber(4_294_967_295).optional(),
  WECOM_APP_SECRET: text(128)
    .regex(/^[\w-]+$/, '有不该有的字符')
    .optional(),
  WECOM_APP_TOKEN: tokens.optional(),
  WECOM_APP_AES_KEY: aesKeys.optional(),
  LLM_BASE_URL: webAddress.optional(),
  LLM_API_KEY: text(500).optional(),
  LLM_MODEL: text(200).optional(),
})

const groups = {
  robot: ['WECOM_ROBOT_TOKEN', 'WECOM_ROBOT_AES_KEY'],
  app: ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_APP_SECRET', 'WECOM_APP_TOKEN', 'WECOM_APP_AES_KEY'],
  model: ['LLM_BASE_URL', 'LLM_API_KEY', 'LLM_MODEL'],
} as const satisfies Record<string, readonly Name[]>

/** Reads the environment once. Throws `ConfigError` with every problem there is. */
export function parseConfig(environment: Environment): Config {
  const given: Partial<Record<string, string>> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value.trim() !== '') given[name] = value.trim()
  }
  const has = (name: Name): boolean => given[name] !== undefined
  const sandbox = ![...groups.robot, ...groups.app].some(has)
  const parsed = Variables.safeParse(given)
  const wrong = parsed.success ? unpaired(parsed.data) : malformed(parsed.error)
  const problems = [
    ...wrong,
    ...missing(has, wrong, given['STORE'] === 'postgres').map((name) => ({
      name,
      wrong: '没有填',
      expected: expected[name],
    })),
  ]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const read = parsed.data
  return {
    sandbox,
    port: read.PORT,
    host: read.HOST,
    proxies: read.PROXIES,
    publicUrl: read.PUBLIC_URL,
    dataDir: read.DATA_DIR,
    store: read.STORE,
    databaseUrl: read.DATABASE_URL,
    templatePack: read.TEMPLATE_PACK,
    dataKeys: read.DATA_KEY ?? [],
    admins: read.ADMIN_USERIDS,
    logLevel: read.LOG_LEVEL,
    wecomApiBase: read.WECOM_API_BASE,
    robot: robotOf(read),
    app: appOf(read),
    model: modelOf(read),
  }
}

/** The base of links once the real port is known. */
export const publicUrl = (config: Config, port: number): string =>
  config.publicUrl ?? `http://localhost:${port}`

const isName = (name: unknown): name is Name => typeof name === 'string' && name in expected

const malformed = (error: z.ZodError): (Problem & { name: Name })[] => {
  const first = new Map<Name, string>()
  for (const {
    path: [name],
    message,
  } of error.issues) {
    if (isName(name) && !first.has(name)) first.set(name, message)
  }
  return [...first].map(([name, wrong]) => ({ name, wrong, expected: expected[name] }))
}

/** Half a channel is a mistake; the enterprise's id alone belongs to no channel yet where the robot is sound. */
function missing(
  has: (name: Name) => boolean,
  wrong: readonly { name: Name }[],
  inDatabase: boolean,
): Name[] {
  const lacks = (names: readonly Name[]) => names.filter((name) => !has(name))
  const robot = groups.robot.some(has) ? lacks(groups.robot) : []
  const appBegun = groups.app.some((name) => name !== 'WECOM_CORP_ID' && has(name))
  const robotIsSound = groups.robot.every(
    (name) => has(name) && !wrong.some((problem) => problem.name === name),
  )
  const app = appBegun || (has('WECOM_CORP_ID') && !robotIsSound) ? lacks(groups.app) : []
  const model = groups.model.some(has) ? lacks(groups.model) : []
  const live = [...groups.robot, ...groups.app].some(has)
  const database = inDatabase ? lacks(['DATABASE_URL']) : []
  return [...robot, ...app, ...model, ...database, ...(live ? lacks(['DATA_KEY']) : [])]
}

type Read = z.infer<typeof Variables>

function unpaired(read: Read): (Problem & { name: Name })[] {
  const pairs = [
    ['WECOM_ROBOT_TOKEN', 'WECOM_ROBOT_AES_KEY'],
    ['WECOM_APP_TOKEN', 'WECOM_APP_AES_KEY'],
  ] as const
  return pairs
    .filter(([tokens, keys]) => read[tokens] && read[keys] && !paired(read[tokens], read[keys]))
    .map(([, name]) => ({ name, wrong: '个数和 Token 的不一样', expected: expected[name] }))
}

function robotOf(read: Read): RobotConfig | undefined {
  const secrets = paired(read.WECOM_ROBOT_TOKEN, read.WECOM_ROBOT_AES_KEY)
  return secrets && { name: read.WECOM_ROBOT_NAME, ...secrets }
}

function appOf(read: Read): AppConfig | undefined {
  const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agentId, WECOM_APP_SECRET: secret } = read
  const secrets = paired(read.WECOM_APP_TOKEN, read.WECOM_APP_AES_KEY)
  if (!corpId || agentId === undefined || !secret || !secrets) return undefined
  return { corpId, agentId, secret, ...secrets }
}

function modelOf(read: Read): ModelConfig | undefined {
  const { LLM_BASE_URL: baseUrl, LLM_API_KEY: apiKey, LLM_MODEL: model } = read
  return baseUrl && apiKey && model ? { baseUrl, apiKey, model } : undefined
}
