import type { Bot } from './bot.ts'
import { groupsNamed } from './directory/scope.ts'
import { openDocument } from './papers.ts'
import { nextSlot } from './reminders/slots.ts'
import { receiveFile } from './receive.ts'
import { readCharterFile } from './documents/charter.ts'
import { readSheet } from './documents/read-sheet.ts'
import type { Media, UserId } from './messages.ts'
import type { Delivery, DeliveryBody } from './store/store.ts'
import { downloadRobotMedia, postResponse } from './wecom/client.ts'
import { MediaError, NetworkError, WecomError } from './wecom/errors.ts'

const LEASE_MS = 60_000
const BATCH = 20
const MOST_ATTEMPTS = 4
const BACKOFF_MS = [1_000, 4_000, 15_000]
const WINDOW_MS = 90_000
const MOST_FILE_BYTES = 10 * 1024 * 1024

type Outcome = { state: 'sent' | 'failed' | 'unknown' | 'waiting'; dueAt?: string; problem?: string }

/** Sends what is due until nothing is. Returns how many deliveries were tried. */
export async function deliver(bot: Bot): Promise<number> {
  let tried = 0
  for (;;) {
    const now = bot.clock.now()
    const until = new Date(now.getTime() + LEASE_MS)
    const due = await bot.store.transact((tx) =>
      tx.claimDeliveries(now.toISOString(), until.toISOString(), BATCH),
    )
    if (due.length === 0) return tried
    tried += due.length
    await Promise.all(byPerson(due).map((line) => sendInOrder(line, bot)))
  }
}

/** One person's deliveries stay in order; different people are served at once. */
function byPerson(due: Delivery[]): Delivery[][] {
  const lines = new Map<UserId, Delivery[]>()
  for (const delivery of due) {
    const line = lines.get(delivery.body.to)
    if (line) line.push(delivery)
    else lines.set(delivery.body.to, [delivery])
  }
  return [...lines.values()]
}

async function sendInOrder(line: Delivery[], bot: Bot): Promise<void> {
  for (const delivery of line) {
    const outcome = await attempt(delivery, bot)
    await bot.store.transact((tx) => tx.settleDelivery(delivery.key, outcome))
    bot.metrics.delivery(outcome.state)
    if (outcome.state !== 'sent' && (outcome.problem !== undefined || outcome.state !== 'waiting')) {
      bot.log.warn(
        { event: 'delivery', state: outcome.state, kind: delivery.body.type, problem: outcome.problem },
        'delivery not done',
      )
    }
  }
}

async function attempt(delivery: Delivery, bot: Bot): Promise<Outcome> {
  const now = bot.clock.now()
  const free = freeFrom(delivery, now, bot)
  // However late it is claimed: after a failure, after the bot was down.
  if (free > now) return putOff(delivery, free)
  try {
    await send(delivery, bot)
    return { state: 'sent' }
  } catch (error) {
    const outcome = afterFailure(delivery, error, bot)
    if (outcome.dueAt === undefined) return outcome
    const due = new Date(outcome.dueAt)
    const next = freeFrom(delivery, due, bot)
    // Put off until another day it holds nothing back any more.
    return next > due ? putOff(delivery, next) : outcome
  }
}

/** Nobody asked for these, so they leave only in the hours in which people may be written to. */
const freeFrom = ({ body }: Delivery, at: Date, bot: Bot): Date =>
  body.type === 'letter' || body.type === 'group' ? nextSlot(at, bot.pack.calendar) : at

/** What is put off holds nothing back. A post into a group says why, so that nobody takes it for broken off. */
const putOff = ({ body }: Delivery, until: Date): Outcome => ({
  state: 'waiting',
  dueAt: until.toISOString(),
  ...(body.type === 'group' ? { problem: 'put off to the next working hours' } : {}),
})

async function send(delivery: Delivery, bot: Bot): Promise<void> {
  const { body, key, attempts } = delivery
  switch (body.type) {
    case 'letter':
      return sendLetter(delivery, body, bot)
    case 'group':
      return sendToGroup(delivery, body, bot)
    case 'message':
      if (!bot.client) throw new Undeliverable('no app is configured to push with')
      if (body.reply.card) return bot.client.sendCard(body.to, body.reply.card)
      return bot.client.sendText(body.to, body.reply.text)
    case 'document': {
      if (!bot.client) throw new Undeliverable('no app is configured to push with')
      const file = await openDocument(body.document, body.to, bot)
      if (!file) throw new Undeliverable('the record of the document is gone')
      const mediaId = await bot.client.upload(body.document.name, file.bytes)
      return bot.client.sendFile(body.to, mediaId)
    }
    case 'responseUrl':
      // One use, outcome of a broken attempt unknown: never tried a second time.
      if (attempts > 1)
        throw new NetworkError('interrupted while the response_url was being used', { maybeDelivered: true })
      return postResponse(body.url, body.reply.text, { apiBase: bot.apiBase })
    case 'readFile':
      return readFile({ ...body, key }, bot)
  }
}

/** The longest time within which WeCom drops the same text to the same person (path 90236). */
const SAME_TEXT_SECONDS = 4 * 60 * 60

/** Broken off so long ago that a repetition could arrive twice: then its outcome is not known. */
async function sendLetter(
  { attempts, problem, dueAt }: Delivery,
  { to, reply }: Extract<DeliveryBody, { type: 'letter' }>,
  bot: Bot,
): Promise<void> {
  if (!bot.client) throw new Undeliverable('no app is configured to push with')
  const age = bot.clock.now().getTime() - Date.parse(dueAt)
  if (attempts > 1 && problem === undefined && age > SAME_TEXT_SECONDS * 1000)
    throw new NetworkError('interrupted while it was being sent', { maybeDelivered: true })
  if (reply.card) return bot.client.sendCard(to, reply.card)
  return bot.client.sendText(to, reply.text, SAME_TEXT_SECONDS)
}

/** Groups know no repetition: an attempt that broke off is not made again. */
async function sendToGroup(
  { attempts, problem }: Delivery,
  { to, text, mentions }: Extract<DeliveryBody, { type: 'group' }>,
  bot: Bot,
): Promise<void> {
  const [group] = groupsNamed(bot.directory.current(), to)
  if (!group?.webhook) throw new Undeliverable('the group has no push robot any more')
  if (attempts > 1 && problem === undefined)
    throw new NetworkError('interrupted while it was being posted', { maybeDelivered: true })
  return bot.groups.post(group.webhook, text, mentions)
}

class Undeliverable extends Error {
  override name = 'Undeliverable'
}

/** Fetches and reads a sent file. Whatever goes wrong for good is told to the person who sent it. */
async function readFile(
  {
    to,
    messageId,
    channel,
    media,
  }: { to: UserId; messageId: string; channel: 'robot' | 'app'; media: Media; key: string },
  bot: Bot,
): Promise<void> {
  const told = (sheet: { rows: string[][]; problem?: string }) =>
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
  return told(sheet.type === 'rows' ? { rows: sheet.rows } : { rows: [], problem: sheet.because })
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
    if (!bot.client) throw new Undeliverable('no app is configured to fetch media with')
    return (await bot.client.downloadMedia(media.mediaId)).bytes
  }
  if (!bot.robotAesKey) throw new Undeliverable('no robot is configured')
  const { bytes } = await downloadRobotMedia(media.url, bot.robotAesKey, {
    maxBytes: MOST_FILE_BYTES,
    apiBase: bot.apiBase,
  })
  return bytes
}

/** What to do after a failure, by the handling classes of WeCom's error codes. */
function afterFailure({ attempts, body }: Delivery, error: unknown, bot: Bot): Outcome {
  const problem = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown'
  const after = (ms: number): Outcome => ({
    state: 'waiting',
    dueAt: new Date(bot.clock.now().getTime() + ms).toISOString(),
    problem,
  })
  const retry = (): Outcome =>
    attempts >= MOST_ATTEMPTS
      ? { state: 'failed', problem }
      : after(BACKOFF_MS[Math.min(attempts, BACKOFF_MS.length) - 1] ?? 1_000)
  if (error instanceof WecomError) {
    bot.metrics.wecomError(error.errcode)
    if (body.type === 'responseUrl') return { state: 'failed', problem }
    switch (error.handling) {
      case 'A':
      case 'B':
        return retry()
      case 'C':
        return after(WINDOW_MS)
      case 'D':
      case 'E':
      case 'F':
        return { state: 'failed', problem }
    }
  }
  if (error instanceof NetworkError) {
    // WeCom drops the same request within its duplicate-check interval, so an app message may be sent again.
    const once = body.type === 'responseUrl' || body.type === 'group'
    if (once && error.maybeDelivered) return { state: 'unknown', problem }
    const after = retry()
    // Given up, and one of the attempts may have arrived.
    return after.state === 'failed' && error.maybeDelivered ? { ...after, state: 'unknown' } : after
  }
  if (error instanceof Undeliverable) return { state: 'failed', problem }
  return retry()
}
