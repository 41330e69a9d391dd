import { afterAll, beforeAll, expect, test } from 'vitest'
import { danceTeam, nextWords } from '../support/leader.ts'
import { says, startOnPage } from '../support/page.ts'
import { wholeText } from '../support/word.ts'

let sandbox: Awaited<ReturnType<typeof startOnPage>>
beforeAll(async () => {
  sandbox = await startOnPage()
})
afterAll(() => sandbox.stop())

test('without credentials a person files from the group to the Word file on the sandbox page', async () => {
  const { page, complaints } = await sandbox.open()
  await page.getByRole('button', { name: /解放街道社会组织群/ }).click()
  expect(await says(page, '@备案助手 开始备案')).toContain('【组织类别】')
  expect(await says(page, '@备案助手 1')).toContain('【活动地域】')

  await page.getByRole('button', { name: /备案助手（机器人）/ }).click()
  const given = new Map<string, number>()
  let heard = await says(page, '继续')
  for (let sent = 0; sent < 60 && !heard.includes('受理号'); sent++) {
    const isLast = heard.includes('“确认提交”') && !heard.includes('下一页')
    heard = await says(page, isLast ? '确认提交' : nextWords(heard, danceTeam, given))
  }
  const link = page.getByRole('link', { name: /备案申请表/ }).last()
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  expect(wholeText(Buffer.concat(chunks))).toContain('柳州市柳北区解放街道明珠社区夕阳红舞蹈队')
  expect(complaints).toEqual([])
  expect(await page.locator('#alarm').innerText()).toBe('')
})
