import { randomInt } from 'node:crypto'
import { pino, stdTimeFunctions, type DestinationStream, type Logger as Pino } from 'pino'
import type { LogLevel } from './config.ts'

/** Without `child`: pino writes the bindings of a child as they come. */
export type Logger = Pick<Pino, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'flush'>

/**
 * The only fields that reach the log; every other one is left out and named under `hidden`. A field belongs
 * here when it can never hold an answer, a secret, or what somebody wrote.
 */
const allowed = new Set(
  (
    'reference id event why problem path err type code errcode hint status channel chat outcome kind state messageId userId delivery stream ' +
    'draft filing caseNumber form field paper version edition method route api port host mode store file node pid ' +
    'signal level time count attempts milliseconds seconds bytes waiting failed unknown filings sessions'
  ).split(' '),
)

const LONGEST = 300
const DEEPEST = 5

/**
 * JSON lines, in English. Two nets, each of which alone would hold most things: the allow-list above, and a
 * mask over the finished line. Han characters are masked wherever they stand: names and addresses are written
 * in them, and nothing the log needs is.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    // `keepAllowed` has described the error already.
    serializers: { err: (described: unknown) => described },
    formatters: { log: keepAllowed, level: (label: string) => ({ level: label }) },
    hooks: {
      // Values pasted into a message by %s would pass the allow-list, so they are dropped.
      logMethod(this: Pino, args: unknown[], method: (...args: [object, string?]) => void) {
        const [first, second] = args
        if (first instanceof Error) method.call(this, { err: first }, asMessage(second) ?? 'failed')
        else if (typeof first === 'object' && first !== null) method.call(this, first, asMessage(second))
        else method.call(this, {}, asMessage(first))
      },
      streamWrite: mask,
    },
  }
  return destination ? pino(options, destination) : pino(options)
}

/** A short name for one failure, told to the person and written to the log. Easy to say on the telephone. */
export const newReference = (below: (limit: number) => number = randomInt): string =>
  Array.from({ length: 6 }, () => LETTERS[below(LETTERS.length)]).join('')

/** Without those that look or sound alike. */
const LETTERS = '23456789ACDEFHJKMNPRTUWXY'

const asMessage = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.replaceAll('%', '%%').slice(0, LONGEST) : undefined

function keepAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return keepFields(fields, 0)
}

function keepFields(fields: object, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const hidden: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (allowed.has(name) || value instanceof Error) kept[name] = keepValue(value, depth + 1)
    else hidden.push(/^[A-Za-z]{1,30}$/.test(name) ? name : '…')
  }
  return hidden.length > 0 ? { ...kept, hidden } : kept
}

function keepValue(value: unknown, depth: number): unknown {
  if (depth > DEEPEST) return '…'
  if (typeof value === 'string') return value.slice(0, LONGEST)
  if (typeof value === 'number') return keepNumber(value)
  if (typeof value === 'boolean' || value == null) return value
  if (value instanceof Error) return describeError(value, depth)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => keepValue(item, depth + 1))
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return keepFields(value, depth)
  }
  return '…'
}

/** A number as long as a telephone number becomes text, so that the mask can take it and leave valid JSON. */
const keepNumber = (value: number): number | string =>
  Math.abs(value) < 1_000_000 ? Math.round(value * 1000) / 1000 : String(value)

/** Type, message, place and causes; never the fields a library hung on it, which may hold what it choked on. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const { code, errcode, syscall } = error as { code?: unknown; errcode?: unknown; syscall?: unknown }
  return {
    type: error.name,
    message: messageOf(error),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 12)
      .join('\n'),
    ...(code === undefined ? {} : { code: keepValue(code, DEEPEST) }),
    ...(errcode === undefined ? {} : { errcode: keepValue(errcode, DEEPEST) }),
    ...(syscall === undefined ? {} : { syscall: keepValue(syscall, DEEPEST) }),
    ...(error.cause === undefined ? {} : { cause: keepValue(error.cause, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: keepValue(error.errors, depth + 1) } : {}),
  }
}

/** A syntax error quotes the text it stumbled over. */
const messageOf = (error: Error): string =>
  (error instanceof SyntaxError ? error.message.replace(/["'`].*/s, '…') : error.message).slice(0, LONGEST)

const DIGIT = String.raw`[\d０-９]`
/** What people put between the digits of a number. */
const GAP = String.raw`[ ()（）\-–—－\u00a0\u3000]?`

/** A number of so many digits after `start`, alone or beside letters but not inside a longer number. */
const number = (start: string[], more: number, last = DIGIT): RegExp => {
  const pieces = [...start, ...Array.from({ length: more - 1 }, () => DIGIT), last]
  return new RegExp(`(?<!${DIGIT})${pieces.join(GAP)}(?!${DIGIT})`, 'gu')
}

const looksRandom = (text: string): boolean => /\d/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text)

const masks: [RegExp, (...found: string[]) => string][] = [
  // Identity numbers of 18 and 15 digits, mobile numbers, landlines with their area code.
  [number([DIGIT], 17, '[\\dxX０-９ｘＸ]'), () => '…'],
  [number([DIGIT], 14), () => '…'],
  [number(['[1１]', '[3-9３-９]'], 9), () => '…'],
  [number(['[8８]', '[6６]', '[1１]', '[3-9３-９]'], 9), () => '…'],
  ...[9, 10, 11].map((more): [RegExp, () => string] => [number(['[0０]'], more), () => '…']),
  // Whatever else is as long as a telephone number. A message id of WeCom has 19 digits and stays.
  [/(?<![A-Za-z0-9])(?:\d{7,18}|\d{20,})(?![A-Za-z0-9])/g, () => '…'],
  // Secrets in addresses, assignments and quoted JSON.
  [
    /((?:token|secret|key|response_code|[?&]code|password|signature|echostr|encrypt)[\\"']*\s*[=:]\s*[\\"']*)[^\s&\\"',;]+/gi,
    (_, name = '') => `${name}…`,
  ],
  [/(\/\/[^\s/:@"\\]*:)[^\s/@"\\]+@/g, (_, user = '') => `${user}…@`],
  [/(\/files\/)[^\s"\\]+/g, (_, path = '') => `${path}…`],
  // Keys and tokens by their look.
  [/[A-Za-z0-9+/_-]{40,}={0,2}/g, (found = '') => (looksRandom(found) ? '…' : found)],
  [/\p{Script=Han}+/gu, () => '…'],
]

/** The last net: one finished line of the log, with whatever looks like a person or a secret taken out. */
export const mask = (line: string): string =>
  masks.reduce((text, [pattern, by]) => text.replace(pattern, by), line)
