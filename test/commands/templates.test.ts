import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { templates } from '../../src/commands/templates.ts'

test('the pack of Liubei passes its check with the types of the bot', async () => {
  expect(await templates(['check'])).toEqual({
    lines: [expect.stringMatching(/^templates\/liubei：\d+ 张表、\d+ 份文书，没有发现问题。$/)],
    status: 0,
  })
})

test('a faulty pack is refused with a line for every problem', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'pack-'))
  try {
    await cp('templates/liubei', folder, { recursive: true })
    const file = path.join(folder, 'forms/initial.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(
      file,
      text.replace('principalIdNumber.sex', 'principalIdNumber.age').replace('附件1表1行8', '附件1'),
    )
    const { lines, status } = await templates(['check', folder])
    expect(status).toBe(1)
    expect(lines).toEqual([
      'forms/initial.yaml 问题 purpose：clause“附件1”不在 labels.txt 里',
      'forms/initial.yaml papers initial 的 性别：“principalIdNumber”没有“age”这一部分',
      '共 2 处要改。',
    ])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each([
  [['check', 'templates/nowhere'], /没有找到，或者少了文件：templates\/nowhere/],
  [[], /用法/],
  [['checks'], /用法/],
])('%j ends with status 1 and says why', async (words, reason) => {
  const { lines, status } = await templates(words)
  expect(status).toBe(1)
  expect(lines.join('\n')).toMatch(reason)
})
