import { readFile } from 'node:fs/promises'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright, type Page } from 'playwright-core'

/** The Chromium that comes with an npm package, so that nothing has to be installed by hand. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-gpu'],
    headless: true,
  })
}

/** A page and everything it complained about. */
export async function openPage(browser: Browser, url: string, size: { width: number; height: number }) {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', acceptDownloads: true })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(url)
  await page.waitForSelector('html[data-ready="true"]')
  return { page, complaints }
}

const look = await readFile(new URL('unreadable.js', import.meta.url), 'utf8')

/** Texts that are smaller than 18 px or too pale on what is behind them. */
export const unreadable = (page: Page): Promise<string[]> => page.evaluate(look)

export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth')

/** What the person at the keyboard has reached. */
export const focused = (page: Page): Promise<{ text: string; outline: string }> =>
  page.evaluate(
    `({ text: document.activeElement.matches('button, a') ? document.activeElement.textContent : '',
        outline: getComputedStyle(document.activeElement).outlineStyle })`,
  )
