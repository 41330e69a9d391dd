import type { Bot } from '../bot.ts'
import { drawGroupChart, makeGroupTable } from '../papers/charts.ts'
import { letterCard, letterText } from '../conversation/reminding/letters.ts'
import { draftFor } from '../conversation/reminding/drafts.ts'
import { digestNow } from '../remind/digests.ts'
import { groupsNamed } from '../directory/scope.ts'
import type { StaffGroup } from '../directory/staff.ts'
import { ledgerDrafts } from '../papers/ledgers.ts'
import type { DocumentRef } from '../messages.ts'
import { isStillOwed } from '../remind/owing.ts'
import { openDocument } from '../papers.ts'
import { readFile } from './read-file.ts'
import { isDone, matterId, wantsToHear, type Matter } from '../reminders/matter.ts'
import type { Reminder } from '../reminders/owed.ts'
import { matterOf, recalled, type SentReminder } from '../reminders/sent.ts'
import { Undeliverable } from './retry.ts'
import type { Delivery, DeliveryBody } from '../store/store.ts'
import type { WecomClient } from '../wecom/client.ts'
import { NetworkError, WecomError } from '../wecom/errors.ts'
import { postResponse } from '../wecom/response.ts'
import { APP_TEXT_BYTES, linkLine, splitText } from '../wecom/text.ts'

type Body<Type extends DeliveryBody['type']> = Extract<DeliveryBody, { type: Type }>

/**
 * `dropped`: nothing of it was needed any more. `lapsed`: the lease ended before anything left. `unknown`: it may
 * have arrived already, and cannot be repeated.
 */
export type Sent = 'sent' | 'dropped' | 'lapsed' | 'unknown'

/**
 * Brings one delivery on its way. `holds` says whether there is time left in the lease for one call; whatever
 * takes long is done before it is asked.
 * @throws WecomError, NetworkError, Undeliverable
 */
export async function send(delivery: Delivery, holds: () => boolean, bot: Bot): Promise<Sent> {
  const { body, key } = delivery
  if (body.type === 'document') return sendDocument(delivery, body, holds, bot)
  if (body.type === 'readFile') {
    await readFile(body, bot)
    return 'sent'
  }
  if (body.type === 'reminders') return sendReminders(delivery, body, holds, bot)
  if (body.type === 'groupChart') return sendChart(body, holds, bot)
  if (body.type === 'groupTable') return sendTable(body, holds, bot)
  if (!holds()) return 'lapsed'
  switch (body.type) {
    case 'letter':
    case 'message':
      await (body.reply.card
        ? appOf(bot).sendCard(body.to, body.reply.card, key)
        : appOf(bot).sendText(body.to, body.reply.text, key))
      return 'sent'
    case 'group':
      return sendToGroup(body, bot)
    case 'responseUrl':
      await postResponse(body.url, body.reply.text, { apiBase: bot.apiBase })
      return 'sent'
  }
}

function appOf({ client }: Bot): WecomClient {
  if (!client) throw new Undeliverable('no app is configured to push with')
  return client
}

/** The media id of an upload is kept before the file is sent: repeated, it is the same message. */
async function sendDocument(
  { key, mediaId: known }: Delivery,
  { to, document }: Body<'document'>,
  holds: () => boolean,
  bot: Bot,
): Promise<Sent> {
  const app = appOf(bot)
  const kind = document.format === 'png' ? 'image' : 'file'
  const upload = async (): Promise<string> => {
    const file = await openDocument(document, to, bot)
    if (!file) throw new Undeliverable('the record of the document is gone')
    const mediaId = await app.upload(document.name, file.bytes, kind).catch(harmless)
    await bot.store.transact((tx) => tx.noteUpload(key, mediaId))
    return mediaId
  }
  const mediaId = known ?? (await upload())
  if (!holds()) return 'lapsed'
  try {
    await (kind === 'image' ? app.sendImage(to, mediaId, key) : app.sendFile(to, mediaId, key))
  } catch (error) {
    // Media are kept for three days (path 90253).
    if (!(error instanceof WecomError) || error.errcode !== 40007 || known === undefined) throw error
    await upload()
    return 'lapsed'
  }
  return 'sent'
}

/** Nobody sees what was only uploaded. */
function harmless(error: unknown): never {
  if (error instanceof NetworkError)
    throw new NetworkError(error.message, { maybeDelivered: false, cause: error })
  throw error
}

/** Composed now, of what is still open. */
async function sendReminders(
  delivery: Delivery,
  { to, day, reminders, news = [], more, card, file }: Body<'reminders'>,
  holds: () => boolean,
  bot: Bot,
): Promise<Sent> {
  const app = appOf(bot)
  const draftOf = (one: Reminder): DocumentRef | undefined =>
    draftFor(to, one, bot.directory.current(), bot.pack)?.document
  const open = await stillOpen(reminders, to, day, bot)
  const { key, doubtfulSince } = delivery
  if (file !== undefined) {
    const wanted = open.find((one) => matterId(one.duty.id, one.period, one.target) === file)
    const document = wanted && draftOf(wanted)
    return document ? sendDocument(delivery, { type: 'document', to, document }, holds, bot) : 'dropped'
  }
  if (open.length === 0 && news.length === 0 && more.length === 0) return 'dropped'
  // WeCom knows a repetition only by its text.
  if (doubtfulSince !== undefined && open.length < reminders.length) return 'unknown'
  const mine = open.filter((one) => draftOf(one))
  const drafts = await ledgerDrafts(
    mine.filter(({ duty }) => duty.id === 'ledger'),
    bot,
  )
  if (card !== undefined) {
    const shown = letterCard(open, card, drafts)
    if (!shown) return 'dropped'
    if (!holds()) return 'lapsed'
    await app.sendCard(to, shown, key)
    return 'sent'
  }
  const own = open.length > 0 ? [letterText(open, day, bot.pack, drafts)] : []
  const files = mine.flatMap((one) => draftOf(one) ?? [])
  const links = files.map((document) => linkLine('app', document.name, bot.linkTo(document, to)))
  for (const part of splitText([...own, ...news, ...more, ...links].join('\n'), APP_TEXT_BYTES)) {
    if (!holds()) return 'lapsed'
    await app.sendText(to, part, key)
  }
  return 'sent'
}

/** Without what was handed in, put off, refused or done since it was promised. */
function stillOpen(sent: readonly SentReminder[], to: string, day: string, bot: Bot): Promise<Reminder[]> {
  return bot.store.transact(async (tx) => {
    const open: Reminder[] = []
    for (const reminder of recalled(sent, bot.pack.duties)) {
      const { duty, period, target } = reminder
      const matter = await tx.findMatter(matterOf({ duty: duty.id, period, target }))
      const isQuiet = matter && (isDone(matter) || !wantsToHear(matter, to, day))
      if (!isQuiet && (await isStillOwed(reminder, day, tx))) open.push(reminder)
    }
    return open
  })
}

const findMatters = (ids: readonly string[], bot: Bot): Promise<Map<string, Matter>> =>
  bot.store.transact(async (tx) => {
    const matters = new Map<string, Matter>()
    for (const id of ids) {
      const matter = await tx.findMatter(id)
      if (matter) matters.set(id, matter)
    }
    return matters
  })

/** By the push robot of the group where it has one, else by the app whose group chat it is. */
async function sendToGroup(body: Body<'group'>, bot: Bot): Promise<Sent> {
  const ids = body.owing.flatMap(({ targets, ...about }) =>
    targets.map(({ target }) => matterOf({ ...about, target })),
  )
  const digest = digestNow(body, await findMatters(ids, bot), bot)
  if (!digest) return 'dropped'
  const group = groupOf(body, bot)
  if (group?.webhook) await bot.groups.post(group.webhook, digest.text, digest.mentions)
  else if (group?.chatId) await appOf(bot).sendToChat(group.chatId, digest.text, digest.mentions)
  else throw new Undeliverable('the group has neither a push robot nor a chat id')
  return 'sent'
}

/** Drawn now, of the numbers as they are; in the same two ways. */
async function sendChart(body: Body<'groupChart'>, holds: () => boolean, bot: Bot): Promise<Sent> {
  const bytes = await drawGroupChart(body.place, bot)
  const group = groupOf(body, bot)
  const mediaId =
    group?.chatId && !group.webhook ? await appOf(bot).upload(CHART, bytes, 'image').catch(harmless) : ''
  if (!holds()) return 'lapsed'
  if (group?.webhook) await bot.groups.postImage(group.webhook, bytes)
  else if (group?.chatId) await appOf(bot).sendImageToChat(group.chatId, mediaId)
  else throw new Undeliverable('the group has neither a push robot nor a chat id')
  return 'sent'
}

const CHART = '社会组织数量.png'

/** A sheet of numbers, nobody's name in it; in the same two ways. */
async function sendTable(body: Body<'groupTable'>, holds: () => boolean, bot: Bot): Promise<Sent> {
  const { name, bytes } = await makeGroupTable(body.place, bot)
  const group = groupOf(body, bot)
  const mediaId = group?.chatId && !group.webhook ? await appOf(bot).upload(name, bytes).catch(harmless) : ''
  if (!holds()) return 'lapsed'
  if (group?.webhook) await bot.groups.postFile(group.webhook, name, bytes)
  else if (group?.chatId) await appOf(bot).sendFileToChat(group.chatId, mediaId)
  else throw new Undeliverable('the group has neither a push robot nor a chat id')
  return 'sent'
}

const groupOf = (
  { to, place }: Body<'group' | 'groupChart' | 'groupTable'>,
  { directory }: Bot,
): StaffGroup | undefined =>
  groupsNamed(directory.current(), to).find((one) => (place ?? one.place) === one.place)
