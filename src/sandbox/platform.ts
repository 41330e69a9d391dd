import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Card } from './card-rules.ts'
import type { Group, Person } from './cast.ts'
import type { MediaShelf } from './media.ts'
import type { Attachment, Entry, Where, World } from './world.ts'

/** What the parts of the stand-in share. */
export type Platform = {
  clock: Clock
  world: World
  media: MediaShelf
  people: Person[]
  groups: Group[]
  robot: { name: string; token: string; aesKey: string }
  app: { corpId: string; agentId: number; secret: string; token: string; aesKey: string }
  /** The stand-in's own address. */
  url: () => string
  tasks: TaskBook
  responseUrls: OneTimeCodes<{ conversation: string; entryId: string }>
  cardCodes: OneTimeCodes<{ taskId: string }>
  pollMs: number
  signal: AbortSignal
}

/** What a person says. Files are the bytes themselves. `quotes` is the id of an entry. */
export type Saying =
  | { type: 'text'; text: string; quotes?: string }
  | { type: 'voice'; text: string }
  | { type: 'file' | 'image'; attachment: Attachment }
  | { type: 'mixed'; text: string; pictures: Attachment[]; quotes?: string }

/** What came of a person's act: the entries of the direct answer, as they were when it was complete. */
export type Outcome = { entries: Entry[]; text: string; card?: Entry }

export const nothing: Outcome = { entries: [], text: '' }

/** Something a person cannot do in the client; nothing reaches the bot. */
export class Impossible extends Error {
  override name = 'Impossible'
}

export function outcomeOf(world: World, ids: string[]): Outcome {
  const entries = ids.flatMap((id) => world.entries.get(id) ?? [])
  const text = entries
    .flatMap(({ body }) => (body.type === 'text' || body.type === 'markdown' ? body.text : []))
    .join('\n')
  return { entries, text, card: entries.find((entry) => entry.body.type === 'card') }
}

/** WeCom's ids are the same in any case. */
export const sameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export function personOf(platform: Platform, userId: string): Person {
  const person = platform.people.find((one) => sameId(one.userId, userId))
  if (!person) throw new Impossible(`没有这个人：${userId}`)
  return person
}

/** The group by its id or its name. */
export function groupOf(platform: Platform, group: string): Group {
  const found = platform.groups.find((one) => one.chatId === group || one.name === group)
  if (!found) throw new Impossible(`没有这个群：${group}`)
  return found
}

export function conversationOf(platform: Platform, userId: string, where: Where): string {
  const person = personOf(platform, userId)
  if (typeof where === 'string') return `${where}:${person.userId}`
  const group = groupOf(platform, where.group)
  if (!group.members.some((member) => sameId(member, userId)))
    throw new Impossible(`${person.name}不在群“${group.name}”里`)
  return `group:${group.chatId}`
}

/** The card of an entry as one person sees it. */
export function cardSeenBy(entry: Entry, userId: string) {
  if (entry.body.type !== 'card') throw new Impossible('这一条不是卡片')
  return entry.body.seenBy[userId.toLowerCase()] ?? entry.body.view
}

/** Throws unless `key` is a live button, submit button or menu entry of the card. Returns whether it is of the menu. */
export function findKey(card: Card, greyed: boolean, key: string): 'button' | 'menu' {
  if (card.action_menu?.action_list.some((action) => action.key === key)) return 'menu'
  const live =
    card.submit_button?.key === key || card.button_list?.some((button) => button.key === key && !button.type)
  if (greyed || !live) throw new Impossible('这张卡片现在没有这个按钮')
  return 'button'
}

/** The task ids used so far: one may never be used twice (template-cards §4). */
export function openTaskBook() {
  const used = new Set<string>()
  return {
    /** Takes an id for good; false when it was taken before. */
    take(channel: 'robot' | 'app', taskId: string): boolean {
      const key = `${channel} ${taskId}`
      if (used.has(key)) return false
      used.add(key)
      return true
    },
  }
}
export type TaskBook = ReturnType<typeof openTaskBook>

/** Codes that work once and for a while. */
export function openOneTimeCodes<T>(clock: Clock, livesMs: number) {
  const codes = new Map<string, { about: T; until: number }>()
  return {
    issue(about: T): string {
      const code = randomUUID().replaceAll('-', '')
      codes.set(code, { about, until: clock.now().getTime() + livesMs })
      return code
    },
    /** What the code was issued for, without using it up. */
    find(code: string): T | undefined {
      const issued = codes.get(code)
      return issued && issued.until >= clock.now().getTime() ? issued.about : undefined
    },
    use: (code: string): void => void codes.delete(code),
  }
}
export type OneTimeCodes<T> = ReturnType<typeof openOneTimeCodes<T>>
