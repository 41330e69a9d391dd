import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { says, startOnPage } from '../support/page.ts'
import { danceTeam, nextWords } from '../support/leader.ts'

let sandbox: Awaited<ReturnType<typeof startOnPage>>
beforeAll(async () => {
  sandbox = await startOnPage()
})
afterAll(() => sandbox.stop())

async function become(page: Page, who: RegExp): Promise<void> {
  await page.getByRole('button', { name: who }).first().click()
  await page.getByRole('button', { name: /备案助手（机器人）/ }).click()
}

test('four people play a whole case on the sandbox page, from the draft to the number', async () => {
  const { page, complaints } = await sandbox.open()
  await become(page, /^王秀英/)
  const given = new Map<string, number>()
  let heard = await says(page, '开始备案')
  for (let sent = 0; sent < 60 && !heard.includes('受理号'); sent++) {
    const isLast = heard.includes('“确认提交”') && !heard.includes('下一页')
    heard = await says(page, isLast ? '确认提交' : nextWords(heard, danceTeam, given))
  }
  await become(page, /王芳/)
  expect(await says(page, '待办')).toContain('夕阳红舞蹈队')
  expect(await says(page, '同意 1')).toContain('已同意')
  await become(page, /李杰/)
  expect(await says(page, '待办')).toContain('夕阳红舞蹈队')
  expect(await says(page, '同意 1')).toMatch(/〔\d{4}〕1号/)
  await become(page, /赵敏/)
  expect(await says(page, '台账 解放街道')).toMatch(/〔\d{4}〕1号/)
  await become(page, /^王秀英/)
  expect(await says(page, '我的组织')).toMatch(/〔\d{4}〕1号/)
  expect(complaints).toEqual([])
  expect(await page.locator('#alarm').innerText()).toBe('')
})
