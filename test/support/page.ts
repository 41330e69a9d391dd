import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { startApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/log.ts'
import { launchBrowser, openPage } from '../sandbox/browser.ts'
import { contentsOf } from './contents.ts'

/** The bot without credentials in a temp folder, as somebody tries it first, and a browser to look at it with. */
export async function startOnPage(start?: Date) {
  const folder = await mkdtemp(path.join(tmpdir(), 'page-'))
  const began = Date.now()
  const clock = start && { now: () => new Date(start.getTime() + (Date.now() - began)) }
  const app = await startApp(
    parseConfig({ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder }),
    createLogger('silent'),
    { contents: await contentsOf('templates/liubei'), ...(clock && { clock }) },
  )
  const browser = await launchBrowser()
  return {
    app,
    open: () => openPage(browser, `http://127.0.0.1:${app.port}/sandbox`, { width: 1280, height: 860 }),
    async stop() {
      await browser.close()
      await app.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Types into the chat that is open on the sandbox page, and waits for the bot's next bubble. */
export async function says(page: Page, text: string): Promise<string> {
  const bubbles = page.locator('#log .entry:not(.mine) .markdown')
  const before = await bubbles.count()
  await page.locator('#words').fill(text)
  await page.locator('#words').press('Enter')
  await expect.poll(() => bubbles.count(), { timeout: 10_000 }).toBeGreaterThan(before)
  return (await bubbles.nth(before).innerText()).replace(/\n+/g, '\n')
}
