import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { knownNames } from '../src/config.ts'
import { createMetrics } from '../src/metrics.ts'

const read = (file: string): string => readFileSync(file, 'utf8')
const manifest = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>
  dependencies: Record<string, string>
}
const dockerfile = read('Dockerfile')

test('the image is built and started with commands there are, by a user who is not root', () => {
  for (const [, script = ''] of dockerfile.matchAll(/npm run (\w+)/g)) {
    expect(manifest.scripts).toHaveProperty(script)
  }
  const [, command = ''] = /\nCMD (\[.*\])/.exec(dockerfile) ?? []
  expect((JSON.parse(command) as string[]).join(' ')).toBe(manifest.scripts['serve'])
  expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM'))
  const ours = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) =>
    names.split(' '),
  )
  const admitted = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1))
  for (const file of ours) {
    expect(existsSync(file), file).toBe(true)
    expect(
      admitted.some((name) => file === name || file.startsWith(`${name}/`)),
      file,
    ).toBe(true)
  }
  // Everything else stays out: settings, data, the history.
  expect(read('.dockerignore')).toMatch(/^\*\n/)
})

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      environment: z.record(z.string(), z.string()),
      volumes: z.array(z.string()).default([]),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
})

test('the compose file runs two equal bots on PostgreSQL behind a balancer that knows both', () => {
  const { services, volumes } = Compose.parse(parse(read('deploy/compose.yaml'), { merge: true }))
  expect(Object.keys(services)).toEqual(['bot1', 'bot2', 'balancer', 'database'])
  expect(services['bot1']).toEqual(services['bot2'])
  const { environment } = services['bot1']!
  for (const name of Object.keys(environment)) expect(knownNames).toContain(name)
  expect(environment).toMatchObject({ STORE: 'postgres', PROXIES: '1' })
  const named = Object.values(services).flatMap((service) =>
    service.volumes.map((volume) => volume.split(':')[0]!),
  )
  for (const volume of named.filter((name) => !name.startsWith('.'))) expect(volumes).toHaveProperty(volume)
  const proxy = read('deploy/Caddyfile')
  expect(proxy).toContain(`reverse_proxy bot1:${environment['PORT']} bot2:${environment['PORT']}`)
  expect(proxy).toContain('health_uri /readyz')
  // What is inside stays inside.
  expect(/@served path (.+)/.exec(proxy)?.[1]).toBe('/wecom/* /files/*')
})

test('the unit starts what the serve script starts, stops it in time, and may do little else', () => {
  const unit = read('deploy/filing-guide.service')
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1]
  expect(value('ExecStart')).toBe(`/usr/bin/${manifest.scripts['serve']}`)
  expect([value('KillSignal'), value('TimeoutStopSec')]).toEqual(['SIGTERM', '15'])
  expect(value('RestartPreventExitStatus')).toBe('78')
  for (const name of ['DynamicUser', 'NoNewPrivileges', 'ProtectHome', 'PrivateTmp'])
    expect(value(name)).toBe('yes')
  expect([value('ProtectSystem'), value('CapabilityBoundingSet')]).toEqual(['strict', ''])
})

const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), action: z.string() }),
        }),
      ),
    }),
  ),
})

test('every alert asks for a figure the bot really shows, and says what to do', async () => {
  const metrics = createMetrics(
    async () => ({ filings: 1, sessions: 1, waiting: 1, failed: 0, unknown: 0 }),
    { folder: '.' },
  )
  metrics.turn('robot', 'failed', 0.1)
  metrics.delivery('failed')
  metrics.wecomError(60020)
  metrics.refused(429)
  const { body } = await metrics.expose()
  metrics.stop()
  expect(body).toMatch(/^filing_ready 1$/m)
  expect(body).toMatch(/^filing_disk_free_bytes \d+$/m)
  const rules = Alerts.parse(parse(read('deploy/alerts.yaml'))).groups.flatMap(({ rules }) => rules)
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
  for (const { alert, expr } of rules) {
    const names = [...expr.matchAll(/\b(?:filing|nodejs|process)_\w+/g)].map(([name]) => name)
    expect(names.length > 0 || expr.startsWith('up{'), alert).toBe(true)
    for (const name of names) expect(body, alert).toMatch(new RegExp(`^${name}[ {]`, 'm'))
  }
})

test('nothing in the lock comes from elsewhere, and every package has the digest it must have', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>
  }
  const all = Object.entries(packages).filter(([where]) => where !== '')
  expect(all.length).toBeGreaterThan(100)
  for (const [where, { resolved, integrity, link }] of all) {
    expect(link, where).toBeUndefined()
    expect(integrity, where).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/)
    if (resolved !== undefined) expect(resolved, where).toMatch(/^https:\/\/registry\.npmjs\.org\//)
  }
})

/** Licences that let the bot be used, changed and handed on by an office; MPL asks something of changed files only. */
const FREE =
  /^\(?(MIT|ISC|BSD-[23]-Clause|Apache-2\.0|0BSD|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|MPL-2\.0|Python-2\.0)\b/

test('everything the running bot needs has a licence that is free to use', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; license?: string }>
  }
  const needed = Object.entries(packages).filter(([where, { dev }]) => where !== '' && !dev)
  expect(needed.length).toBeGreaterThan(Object.keys(manifest.dependencies).length)
  for (const [where, { license }] of needed) {
    if (!existsSync(where)) continue
    const own = (JSON.parse(read(`${where}/package.json`)) as { license?: string }).license ?? license
    expect(own, where).toMatch(FREE)
  }
})

test('the operations text names files, commands and figures there are', () => {
  const text = read('OPERATIONS.md')
  for (const [, file = ''] of text.matchAll(/`((?:deploy|test|templates|src)\/[\w./-]+|Dockerfile)`/g)) {
    expect(existsSync(file), file).toBe(true)
  }
  for (const [, script = ''] of text.matchAll(/npm run ([a-z]+)/g))
    expect(manifest.scripts).toHaveProperty(script)
  const source = read('src/metrics.ts')
  for (const [name] of text.matchAll(/\bfiling_[a-z_]+/g)) expect(source).toContain(`'${name}'`)
  for (const [, name = ''] of text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)) expect(knownNames).toContain(name)
  expect(read('README.md')).toContain('(OPERATIONS.md)')
})
