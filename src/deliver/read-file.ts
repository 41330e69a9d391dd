import type { Bot } from '../bot.ts'
import { readCharterFile } from '../documents/charter.ts'
import { readSheet } from '../documents/read-sheet.ts'
import type { Media } from '../messages.ts'
import { receiveFile } from '../receive/finish.ts'
import type { DeliveryBody } from '../store/store.ts'
import { downloadRobotMedia } from '../wecom/client.ts'
import { MediaError, WecomError } from '../wecom/errors.ts'

const MOST_FILE_BYTES = 10 * 1024 * 1024

/** Fetches and reads a sent file. Whatever goes wrong for good is told to the person who sent it. */
export async function readFile(
  { to, messageId, channel, media }: Extract<DeliveryBody, { type: 'readFile' }>,
  bot: Bot,
): Promise<void> {
  const told = (sheet: { rows: string[][]; unread?: string[]; problem?: string }) =>
    receiveFile({ messageId, from: to, channel }, { type: 'sheet', ...sheet }, bot)
  let bytes: Buffer
  try {
    bytes = await fetchMedia(media, bot)
  } catch (error) {
    if (error instanceof WecomError && ['A', 'B', 'C'].includes(error.handling)) throw error
    return told({ rows: [], problem: whyNotFetched(error) })
  }
  const text = await readCharterFile(bytes)
  if (text !== undefined) return receiveFile({ messageId, from: to, channel }, { type: 'paper', text }, bot)
  const sheet = await readSheet(bytes)
  return told(
    sheet.type === 'refused'
      ? { rows: [], problem: sheet.because }
      : { rows: sheet.rows, unread: sheet.unread },
  )
}

const whyNotFetched = (error: unknown): string => {
  if (!(error instanceof MediaError)) return '没能下载，请再发一次'
  switch (error.reason) {
    case 'size':
      return '文件太大，最多10MB'
    case 'gone':
      return '文件已过期，请再发一次'
    case 'address':
    case 'content':
      return '没能下载，请再发一次'
  }
}

async function fetchMedia(media: Media, bot: Bot): Promise<Buffer> {
  if (media.from === 'mediaId') {
    if (!bot.client) throw new MediaError('address', 'no app is configured to fetch media with')
    return (await bot.client.downloadMedia(media.mediaId)).bytes
  }
  if (bot.robotAesKeys.length === 0) throw new MediaError('address', 'no robot is configured')
  const { bytes } = await downloadRobotMedia(media.url, bot.robotAesKeys, {
    maxBytes: MOST_FILE_BYTES,
    apiBase: bot.apiBase,
  })
  return bytes
}
