import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

/** What every part may know: plain types and functions without parts of their own. */
const ground = ['messages', 'clock', 'calendar']
const domain = [...ground, 'pack', 'forms', 'filings']

/** Who may import whom, by folder or file of `src` (architecture.md, "Who may import whom"). Missing here: anything. */
const rules: Record<string, string[]> = {
  messages: [],
  clock: [],
  calendar: ['clock'],
  pack: ['forms', 'calendar', 'reminders'],
  forms: [...ground, 'pack'],
  filings: domain,
  knowledge: domain,
  reminders: domain,
  documents: domain,
  directory: [...domain, 'documents', 'store', 'reminders'],
  conversation: [...domain, 'knowledge', 'directory', 'reminders'],
  wecom: ['messages'],
  store: [...ground, 'forms', 'filings', 'knowledge', 'conversation', 'reminders'],
  http: ['wecom', 'messages', 'clock', 'links', 'log', 'metrics', 'config'],
  sandbox: ['wecom', 'messages', 'clock'],
  config: ['messages'],
  links: ['messages'],
  log: ['config'],
  metrics: ['messages', 'store'],
}
const verbs = ['bot', 'papers', 'privacy', 'receive', 'perform', 'deliver', 'remind']
for (const verb of [...verbs, 'timers']) {
  rules[verb] = [...Object.keys(rules), ...verbs].filter((part) => part !== 'http' && part !== 'sandbox')
}

/** The folder, or for a file directly in `src` its name: the parts of `receive.ts` stand in `receive/`. */
const partOf = (file: string): string => (path.relative('src', file).split('/')[0] ?? '').replace(/\.ts$/, '')

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('sandbox/page/'))
  .map((file) => path.join('src', file))

const importsOf = (file: string): { from: string; whole: string }[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from '([^']+)'|import\('([^']+)'\)/g,
    ),
  ].map((found) => ({ from: found[1] ?? found[2] ?? '', whole: found[0].trim() }))

test('parts import only what the architecture lets them know', () => {
  const broken = files.flatMap((file) =>
    importsOf(file)
      .filter(({ from }) => from.startsWith('.'))
      .map(({ from }) => partOf(path.join(path.dirname(file), from)))
      .filter((part) => part !== partOf(file) && rules[partOf(file)]?.includes(part) === false)
      .map((part) => `${file} imports ${part}`),
  )
  expect([...new Set(broken)]).toEqual([])
})

test('what decides knows people and places, not the file they are kept in', () => {
  const pure = ['roles', 'staff', 'scope', 'may-act'].map((name) =>
    path.join('src', 'directory', `${name}.ts`),
  )
  const broken = files
    .filter((file) => partOf(file) === 'conversation' || pure.includes(file))
    .flatMap((file) =>
      importsOf(file)
        .filter(({ from, whole }) => from.startsWith('.') && !whole.startsWith('import type'))
        .map(({ from }) => path.join(path.dirname(file), from))
        .filter(
          (from) => partOf(from) === 'directory' && ![...pure, 'src/directory/place-path.ts'].includes(from),
        )
        .map((from) => `${file} imports ${from}`),
    )
  expect(broken).toEqual([])
})

test('what decides does not wait, and what is pure opens no file and asks nobody', () => {
  const pure = files.filter((file) =>
    ['conversation', 'filings', 'reminders', 'forms'].includes(partOf(file)),
  )
  const broken = pure.filter((file) => {
    const imports = importsOf(file).map(({ from }) => from)
    return (
      imports.some((from) => /^(node:(fs|http|net|child_process)|undici|koa|pino|lowdb)/.test(from)) ||
      /\bawait\b/.test(readFileSync(file, 'utf8').replace(/\/\/.*|\/\*[^]*?\*\//g, ''))
    )
  })
  expect(broken).toEqual([])
})

test('the environment, the time and chance come in at the edge only', () => {
  const edge = ['main', 'app', 'store', 'commands', 'clock', 'sandbox']
  const broken = files
    .filter((file) => !edge.includes(partOf(file)))
    .filter((file) =>
      /process\.env\b|new Date\(\)|Date\.now\(\)|Math\.random\(/.test(readFileSync(file, 'utf8')),
    )
  expect(broken).toEqual([])
})

test('relative imports name a file, and nothing exports a default or re-exports everything', () => {
  const broken = files.filter(
    (file) =>
      importsOf(file).some(({ from }) => from.startsWith('.') && !from.endsWith('.ts')) ||
      /^export (default|\*)/m.test(readFileSync(file, 'utf8')),
  )
  expect(broken).toEqual([])
})
