import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Types into the chat that is open on the sandbox page, and waits for the bot's next bubble. */
export async function says(page: Page, text: string): Promise<string> {
  const bubbles = page.locator('#log .entry:not(.mine) .markdown')
  const before = await bubbles.count()
  await page.locator('#words').fill(text)
  await page.locator('#words').press('Enter')
  await expect.poll(() => bubbles.count(), { timeout: 10_000 }).toBeGreaterThan(before)
  return (await bubbles.nth(before).innerText()).replace(/\n+/g, '\n')
}
