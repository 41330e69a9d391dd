import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Router } from '@koa/router'
import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx'
import Koa from 'koa'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sandboxRoutes } from '../../src/sandbox/page.ts'
import { focused, launchBrowser, openPage, scrollsSideways, unreadable } from './browser.ts'
import { app, buttonCard, type Callback, noticeCard, startPair, stream } from './test-bot.ts'

const desk = { width: 1280, height: 860 }
const phone = { width: 390, height: 844 }

const answers: Record<string, string> = {
  到哪一步了: [
    '**明珠社区夕阳红志愿服务队** 的备案：',
    '',
    '| 环节 | 状态 |',
    '| :-- | :-- |',
    '| 社区 | 已同意 |',
    '| 街道 | 办理中 |',
    '',
    '1. 社区王芳已同意',
    '2. 等街道盖章',
    '',
    '> 依据：附件1填表说明6',
    '',
    '[打开申请表](https://filing.example/files/1)',
  ].join('\n'),
  坏话: '<img src=x onerror="alert(1)"> [点我](javascript:alert(1)) <script>alert(2)</script>',
}

/** Answers as the real bot might; `@备案助手` is cut off in groups. */
function answer(message: Callback): object | undefined {
  if (message.event?.eventtype === 'enter_chat')
    return { msgtype: 'text', text: { content: '您好，我是备案助手。' } }
  if (message.event) return { response_type: 'update_template_card', template_card: noticeCard('card-1') }
  const text = message.text?.content.replace(/^@备案助手\s*/, '') ?? message.voice?.content ?? '文件'
  if (text === '开始备案')
    return {
      msgtype: 'stream_with_template_card',
      stream: {
        id: message.msgid,
        finish: true,
        content: '第1题/共24题【组织类别】\n您的组织是哪一类？\n1. 社会团体\n2. 民办非企业单位',
      },
      template_card: { ...buttonCard('card-1'), sub_title_text: '第1题/共24题' },
    }
  if (text === '犯规') return { msgtype: 'text', text: { content: '好' } }
  return stream(answers[text] ?? `收到：${text}`, true, message.msgid)
}

let browser: Browser
let started: Awaited<ReturnType<typeof startPair>>
let close: () => Promise<void>
let address: string

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  started = await startPair({ robot: answer })
  const router = new Router()
  sandboxRoutes(router, started.wecom)
  const server = createServer(new Koa().use(router.routes()).callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sandbox`
  close = async () => {
    await started.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})
afterEach(async () => {
  for (const context of browser.contexts()) await context.close()
  await close()
})

const say = async (page: Page, words: string) => {
  await page.getByLabel('要说的话').fill(words)
  await page.keyboard.press('Enter')
}
const log = (page: Page) => page.getByRole('log')

describe.each([
  ['a desk', desk],
  ['a phone', phone],
])('on %s', (_, size) => {
  const enter = async () => {
    const opened = await openPage(browser, address, size)
    await opened.page.getByRole('button', { name: '备案助手（机器人）' }).click()
    return opened
  }

  test('a message is answered, a button of the card works and is gone afterwards', async () => {
    const { page, complaints } = await enter()
    await say(page, '开始备案')
    await log(page).getByText('您的组织是哪一类？').waitFor()
    await log(page).getByRole('button', { name: '社会团体' }).click()
    await log(page).getByText('已选：社会团体').waitFor()
    expect(await log(page).getByRole('button', { name: '社会团体' }).count()).toBe(0)
    await say(page, '到哪一步了')
    await log(page).getByRole('cell', { name: '办理中' }).waitFor()
    expect(await log(page).getByRole('link', { name: '打开申请表' }).getAttribute('href')).toBe(
      'https://filing.example/files/1',
    )
    expect(await unreadable(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    expect(complaints).toEqual([])
  })

  test('a spreadsheet can be sent, a file that comes can be looked into and downloaded', async () => {
    const { page, complaints } = await enter()
    await page.setInputFiles('#file', { name: '名册.xlsx', mimeType: '', buffer: Buffer.alloc(3000, 1) })
    await log(page).getByText('名册.xlsx').waitFor()
    await log(page).getByText('收到：文件').waitFor()
    await sendDocument()
    if (size === phone) await page.getByRole('button', { name: '返回会话列表' }).click()
    await page.getByRole('button', { name: '备案助手（应用）' }).click()
    await log(page).getByText('备案申请表.docx').waitFor()
    await log(page).getByRole('button', { name: '预览' }).click()
    await page.getByRole('dialog').getByRole('cell', { name: '组织名称' }).waitFor()
    expect(await unreadable(page)).toEqual([])
    await page.keyboard.press('Escape')
    const downloading = page.waitForEvent('download')
    await log(page).getByRole('link', { name: '下载' }).click()
    expect((await downloading).suggestedFilename()).toBe('备案申请表.docx')
    expect(await scrollsSideways(page)).toBe(false)
    expect(complaints).toEqual([])
  })

  test('a broken rule is shown loudly, in words that can be read', async () => {
    const { page } = await enter()
    await say(page, '犯规')
    const alarm = page.getByRole('alert')
    await alarm.getByText('permission-matrix').waitFor()
    expect(await unreadable(page)).toEqual([])
    expect(await scrollsSideways(page)).toBe(false)
    await alarm.getByRole('button', { name: '知道了' }).click()
    expect(await alarm.textContent()).toBe('')
  })
})

test('everything can be done with the keyboard alone', async () => {
  const { page, complaints } = await openPage(browser, address, desk)
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 40; presses++) {
      if ((await focused(page)).text.includes(name)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`no way to ${name}`)
  }
  await tabTo('王芳')
  await page.keyboard.press('Enter')
  await tabTo('明珠社区社会组织群')
  await page.keyboard.press('Enter')
  await tabTo('@备案助手')
  await page.keyboard.press('Enter')
  await page.keyboard.type('开始备案')
  await page.keyboard.press('Enter')
  await log(page).getByText('您的组织是哪一类？').waitFor()
  await page.getByRole('heading', { name: '明珠社区社会组织群' }).focus()
  await tabTo('民办非企业单位')
  expect((await focused(page)).outline).toBe('solid')
  await page.keyboard.press('Space')
  await log(page).getByText('已选：社会团体').waitFor()
  expect(complaints).toEqual([])
})

test('what people and the bot write never becomes markup', async () => {
  const { page, complaints } = await openPage(browser, address, desk)
  await say(page, '坏话')
  await log(page).getByText('onerror').waitFor()
  expect(await log(page).locator('img, script, a[href^="javascript"]').count()).toBe(0)
  expect(complaints).toEqual([])
})

test('another person sees that something waits for them, and the group sees it too', async () => {
  const { page } = await openPage(browser, address, desk)
  await started.wecom.say('lijie', { group: '解放街道社会组织群' }, '大家好')
  await page.getByRole('button', { name: '解放街道社会组织群' }).getByText('1条未读').waitFor()
  await page.getByRole('button', { name: /王芳/ }).getByText('1条未读').waitFor()
  await page.getByRole('button', { name: '解放街道社会组织群' }).click()
  await log(page).getByText('大家好').waitFor()
  expect(await page.getByRole('button', { name: '解放街道社会组织群' }).getByText('未读').count()).toBe(0)
})

test('words can be sent as speech, and the clock be moved to the next working morning', async () => {
  const { page } = await openPage(browser, address, desk)
  await page.getByRole('button', { name: '语音' }).click()
  await say(page, '一三八')
  await log(page).getByText('收到：一三八').waitFor()
  expect(started.bot.heard.at(-1)).toMatchObject({ msgtype: 'voice', voice: { content: '一三八' } })
  await page.getByRole('button', { name: '下个工作日早上' }).click()
  await page.getByText('2026年11月24日周二 09:05').waitFor()
})

test('the page lets nobody else act in its name and refuses nonsense', async () => {
  const post = (body: string, type: string) =>
    fetch(`${address}/acts`, { method: 'POST', headers: { 'content-type': type }, body })
  const act = JSON.stringify({ act: 'forward', leap: 'hour' })
  expect((await post(act, 'text/plain')).status).toBe(415)
  expect((await post(act, 'application/json')).status).toBe(204)
  expect((await post('{"act":"forward","leap":"century"}', 'application/json')).status).toBe(400)
  expect((await post('{', 'application/json')).status).toBe(400)
  const stranger = JSON.stringify({ act: 'enter', who: 'nobody', where: 'robot' })
  const refused = await post(stranger, 'application/json')
  expect([refused.status, await refused.json()]).toEqual([409, { problem: '没有这个人：nobody' }])
  expect((await post('x'.repeat(15 * 1024 * 1024), 'application/json')).status).toBe(413)
  expect((await fetch(`${address}/files/E000001/7`)).status).toBe(404)
})

test('an open page does not outlive the stand-in', async () => {
  const events = await fetch(`${address}/events`)
  await started.wecom.stop()
  expect(await events.text()).toContain('"type":"clock"')
})

/** What the bot does when a form is ready: upload it and send it through the app. */
async function sendDocument() {
  const { wecom } = started
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] })
  const table = new Table({
    rows: [
      new TableRow({ children: [cell('组织名称'), cell('明珠社区夕阳红志愿服务队')] }),
      new TableRow({ children: [cell('活动地域'), cell('明珠社区')] }),
    ],
  })
  const document = new Document({ sections: [{ children: [new Paragraph('备案申请表'), table] }] })
  const form = new FormData()
  form.append('media', new Blob([new Uint8Array(await Packer.toBuffer(document))]), '备案申请表.docx')
  const call = async (path: string, body?: FormData | string): Promise<Record<string, unknown>> =>
    Object(
      await (await fetch(`${wecom.url}/cgi-bin/${path}`, { method: body ? 'POST' : 'GET', body })).json(),
    )
  const { access_token } = await call(`gettoken?corpid=${app.corpId}&corpsecret=${app.secret}`)
  const { media_id } = await call(`media/upload?type=file&access_token=${String(access_token)}`, form)
  const message = { touser: 'wangxiuying', agentid: app.agentId, msgtype: 'file', file: { media_id } }
  await call(`message/send?access_token=${String(access_token)}`, JSON.stringify(message))
}
