import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import writeExcelFile from 'write-excel-file/node'
import { ledger } from '../../src/commands/ledger.ts'
import { organizationsIn } from '../../src/filings/ledger.ts'
import { issueNumber } from '../../src/receive/grant.ts'
import { loadPack } from '../../src/pack.ts'
import { openJsonStore } from '../../src/store/json/open.ts'
import type { Transaction } from '../../src/store/store.ts'
import { header, oldLedger, oldRow, type Cell } from './old-ledger.ts'

const key = randomBytes(32)
const clock = { now: () => new Date('2026-11-23T02:00:00Z') }
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ledger-'))
})
afterEach(() => rm(folder, { recursive: true }))

const data = () => path.join(folder, 'data')
const environment = () => ({ DATA_DIR: data(), DATA_KEY: key.toString('base64') })

async function imports(rows: Record<string, Cell>[], ...more: string[]) {
  const file = path.join(folder, 'old.xlsx')
  await writeFile(file, await oldLedger(rows, [...header, '账号']))
  return ledger(['import', file, ...more], environment(), clock)
}

async function inStore<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const store = await openJsonStore({ folder: data(), dataKeys: [key], clock })
  try {
    return await store.transact(work)
  } finally {
    await store.close()
  }
}
const held = () => inStore((tx) => tx.listFilings({ statuses: ['distributed'], limit: 100 }))

const choir = {
  备案编号: '柳北解备〔2026〕1号',
  组织名称: '柳州市柳北区解放街道明珠社区晨光合唱团',
  备案日期: new Date('2026-01-20T00:00:00Z'),
}

test('good rows are taken and bad ones refused, each with its verdict', async () => {
  const outcome = await imports([
    oldRow(),
    oldRow(choir),
    oldRow({ 备案编号: '柳北雅备〔2025〕9号', 组织名称: '柳州市柳北区解放街道明珠社区巡逻队' }),
  ])
  expect(outcome.status).toBe(1)
  expect(outcome.says).toEqual([
    expect.stringMatching(/^第3行 .*和事佬调解队：已收，柳北解备〔2025〕3号，有效期至2027-03-05。$/),
    expect.stringMatching(/^第4行 .*晨光合唱团：已收，柳北解备〔2026〕1号，有效期至2028-01-20。$/),
    '共3行：收了2行，1行没有收。',
    expect.stringContaining('编号没有占住'),
  ])
  expect(outcome.problems).toEqual([expect.stringMatching(/^第5行 .*没有收。备案编号不是解放街道的。$/)])
  expect([...outcome.says, ...outcome.problems].join('')).not.toMatch(/1990000|李建国/)
  expect((await held()).map(({ caseNumber }) => caseNumber)).toEqual(['2025-0001', '2026-0001'])
})

test('every sheet with a ledger is read, each row named as the clerk finds it', async () => {
  const rows = [header, Object.values({ 序号: '1', ...oldRow() }).map(String)]
  const next = [
    header,
    [],
    Object.values({ 序号: '1', ...oldRow(), ...choir, 备案日期: '2026-01-20' }).map(String),
  ]
  const file = path.join(folder, '台账.xlsx')
  await writeFile(
    file,
    await writeExcelFile([
      { sheet: '说明', data: [['一行一家']] },
      { sheet: '2025年', data: rows },
      { sheet: '2026年', data: next },
    ]).toBuffer(),
  )
  const { says } = await ledger(['import', file, '--check'], environment(), clock)
  expect(says).toEqual([
    expect.stringMatching(/^“2025年”第2行 .*和事佬/),
    expect.stringMatching(/^“2026年”第3行 .*晨光合唱团/),
    expect.stringMatching(/^“说明”表没有看：没有找到表头/),
    expect.stringMatching(/^共2行：可以收2行/),
  ])
})

test('with --check nothing is written', async () => {
  const outcome = await imports([oldRow()], '--check')
  expect(outcome).toMatchObject({ status: 0, problems: [] })
  expect(outcome.says[0]).toContain('可以收')
  expect(outcome.says[1]).toContain('什么都没有写')
  expect(await held()).toEqual([])
})

test('the same ledger again takes only what is new, and never another under a number or name that is held', async () => {
  await imports([oldRow()])
  const again = await imports([oldRow(), oldRow(choir)])
  expect(again.status).toBe(0)
  expect(again.says[0]).toContain('以前导入过')
  const clash = await imports([
    oldRow({ 组织名称: '柳州市柳北区解放街道明珠社区巡逻队' }),
    oldRow({ 备案编号: '柳北解备〔2025〕8号' }),
  ])
  expect(clash.problems).toEqual([
    expect.stringContaining('已经有别的组织在用'),
    expect.stringContaining('已经有同名的组织'),
  ])
  expect(await held()).toHaveLength(2)
})

test('what was filed anew is one record with its earlier number, in whatever order the rows come', async () => {
  const account = { 备案编号: '柳北解备〔2023〕2号', 备案日期: '2023-03-04', 账号: 'lijianguo' }
  await imports([oldRow()])
  const again = await imports([
    oldRow(),
    oldRow(account),
    oldRow({ ...account, 备案编号: '柳北解备〔2021〕1号', 备案日期: '2021-03-04' }),
  ])
  expect(again.problems).toEqual([])
  expect(again.says[1]).toMatch(
    /已收，柳北解备〔2023〕2号，有效期至2025-03-04，已绑定账号。.*记作到期重新备案/,
  )
  expect(again.says[2]).toMatch(/已收，柳北解备〔2021〕1号.*和已有的是同一个组织/)
  const [organization, ...others] = organizationsIn(await held(), '2026-11-23')
  expect(others).toEqual([])
  expect(organization).toMatchObject({
    filingNumber: '柳北解备〔2025〕3号',
    earlierNumbers: ['柳北解备〔2021〕1号', '柳北解备〔2023〕2号'],
    validUntil: '2027-03-05',
    round: 3,
    state: { type: 'filed' },
    applicant: 'lijianguo',
  })
})

test('new numbers go on after the highest of the old ledger, and what is missing below stays missing', async () => {
  const { numbers } = await loadPack('templates/liubei')
  const issue = (authority: string, year: number) =>
    inStore((tx) => issueNumber(tx, numbers, authority, year))
  await imports([
    oldRow(choir),
    oldRow({ ...choir, 备案编号: '柳北解备〔2026〕012号', 组织名称: '柳州市柳北区解放街道明珠社区腰鼓队' }),
  ])
  expect(await issue('450205001000', 2026)).toBe('柳北解备〔2026〕13号')
  expect(await issue('450205001000', 2026)).toBe('柳北解备〔2026〕14号')
  expect(await issue('450205001000', 2027)).toBe('柳北解备〔2027〕1号')
  expect(await issue('450205002000', 2026)).toBe('柳北雅备〔2026〕1号')
})

test("a number of an older pattern is held, and stands in nobody's sequence", async () => {
  const { says } = await imports([oldRow({ ...choir, 备案编号: '解社备2026-7' })])
  expect(says[0]).toMatch(/已收，解社备2026-7，.*照原样收下。$/)
  expect((await imports([oldRow({ 备案编号: '解社备2026-7' })])).problems[0]).toMatch(/已经有别的组织在用/)
  const { numbers } = await loadPack('templates/liubei')
  expect(await inStore((tx) => issueNumber(tx, numbers, '450205001000', 2026))).toBe('柳北解备〔2026〕1号')
})

test('while the bot runs nothing is imported, and it says what to do', async () => {
  const bot = await openJsonStore({ folder: data(), dataKeys: [key] })
  const before = await readFile(path.join(data(), (await readdir(data()))[0]!))
  const outcome = await imports([oldRow()])
  expect(outcome.status).toBe(1)
  expect(outcome.problems[0]).toBe('机器人正在运行，不能导入。请先停止机器人，导入完再启动。')
  expect(await readFile(path.join(data(), (await readdir(data()))[0]!))).toEqual(before)
  await bot.close()
})

test.each([
  [[], /用法/],
  [['import', 'old.csv'], /\.xlsx/],
  [['import', '/nowhere/old.xlsx'], /没有找到文件/],
])('%o is refused with what to do', async (words, says) => {
  const outcome = await ledger(words, environment(), clock)
  expect(outcome.status).toBe(1)
  expect(outcome.problems.join('')).toMatch(says)
})

test('wrong settings end with 78', async () => {
  const file = path.join(folder, 'old.xlsx')
  expect((await ledger(['import', file], { PORT: 'x' }, clock)).status).toBe(78)
})
