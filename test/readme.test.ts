import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { knownNames } from '../src/config.ts'
import { Person, startTrial, type Trial } from './support/trial.ts'

const readme = readFileSync('README.md', 'utf8')
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>

/** What was said, where, and the lines the answer has, in this order, among others. */
type Exchange = { words: string; inGroup: boolean; lines: string[] }

function conversation(): Exchange[] {
  const block = /```conversation\n([^]*?)```/.exec(readme)?.[1] ?? ''
  const exchanges: Exchange[] = []
  for (const line of block.trim().split('\n')) {
    const [, where, words] = /^我(在群里)?：(.+)$/.exec(line) ?? []
    if (words !== undefined) exchanges.push({ words, inGroup: where !== undefined, lines: [] })
    else exchanges.at(-1)?.lines.push(line.replace(/^助手：/, ''))
  }
  return exchanges
}

let trial: Trial
beforeAll(async () => {
  trial = await startTrial()
})
afterAll(() => trial.stop())

test('the conversation in the README is one the bot really holds', async () => {
  const leader = new Person(trial, 'wangxiuying')
  const exchanges = conversation()
  expect(exchanges.length).toBeGreaterThan(8)
  for (const { words, inGroup, lines } of exchanges) {
    const answer = inGroup ? await leader.saysInGroup(words) : await leader.says(words)
    let from = 0
    for (const line of lines) {
      const at = answer.indexOf(line, from)
      expect(at, `after “${words}”, “${line}” is not in its place in:\n${answer}`).toBeGreaterThanOrEqual(0)
      from = at + line.length
    }
  }
})

test('every setting, every command and every dependency is in the README', () => {
  for (const name of knownNames) expect(readme).toContain(`\`${name}\``)
  const internal = ['prestart', 'build', 'format']
  for (const script of Object.keys(manifest.scripts ?? {}).filter((name) => !internal.includes(name))) {
    expect(readme).toMatch(new RegExp(`^\\| \`npm (run )?${script}( |\`)`, 'm'))
  }
  const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
  for (const name of packages.filter((name) => !name.startsWith('@types/'))) {
    expect(readme).toMatch(
      new RegExp(
        `\`${name}\` ${(manifest.dependencies?.[name] ?? manifest.devDependencies?.[name])?.match(/\d+/)?.[0]}`,
      ),
    )
  }
})

test('every command and every file the README names is there', () => {
  for (const [, script = ''] of readme.matchAll(/npm run ([a-z]+)/g)) {
    expect(manifest.scripts).toHaveProperty(script)
  }
  for (const [, file = ''] of readme.matchAll(/`((?:templates|test|src)\/[\w./-]+)`/g)) {
    expect(existsSync(file), file).toBe(true)
  }
  for (const [, folder = ''] of readme.matchAll(/^\| `(\w+\/)` \|/gm)) {
    expect(existsSync(`src/${folder}`), folder).toBe(true)
  }
})
