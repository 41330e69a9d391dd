import { afterAll, beforeAll, expect, test } from 'vitest'
import { submitted } from '../filings/cases.ts'
import { says, startOnPage } from '../support/page.ts'

let sandbox: Awaited<ReturnType<typeof startOnPage>>
beforeAll(async () => {
  // A Thursday in Liuzhou, before people may be written to.
  sandbox = await startOnPage(new Date('2026-11-26T00:00:00Z'))
  await sandbox.app.store.transact((tx) =>
    tx.saveFiling(
      submitted({
        applicant: 'wangxiuying',
        organizationName: '柳州市柳北区解放街道明珠社区夕阳红舞蹈队',
        events: [
          {
            type: 'imported',
            by: 'zhaomin',
            at: '2026-11-02T02:00:00.000Z',
            filingNumber: '柳北解备〔2026〕1号',
            filedOn: '2026-03-01',
            validUntil: '2028-03-01',
          },
        ],
      }),
    ),
  )
})
afterAll(() => sandbox.stop())

test('on the sandbox page the clock moves forward, and what was foreseen arrives, pictures too', async () => {
  const { page, complaints } = await sandbox.open()
  const log = page.getByRole('log')
  const open = (name: RegExp) => page.getByRole('button', { name }).click()
  const nextMorning = () => page.getByRole('button', { name: '下个工作日早上' }).click()

  await open(/王芳/)
  await open(/备案助手（机器人）/)
  expect(await says(page, '提醒 预览')).toContain('明珠社区社会组织群：11月月报还差1家')
  await nextMorning()
  await open(/明珠社区社会组织群/)
  await log.getByText('11月月报（最晚11月30日）还差1家').first().waitFor()

  // Friday, Monday, and the first day of December.
  for (const words of ['11月27日', '11月30日', '12月1日']) {
    await nextMorning()
    await page.locator('#now').getByText(words).waitFor()
  }
  await log.getByText('备案有效1家').waitFor()
  const picture = log.locator('img').last()
  await picture.waitFor()
  await expect
    .poll(() => picture.evaluate((image: { naturalWidth?: number }) => image.naturalWidth))
    .toBe(1080)

  await open(/备案助手（应用）/)
  await page.locator('#words').fill('目标')
  await page.locator('#words').press('Enter')
  await log.getByText('目标不少于8家').waitFor()
  await log.locator('img').last().waitFor()
  expect(await page.locator('#alarm').innerText()).toBe('')
  expect(complaints).toEqual([])
})
