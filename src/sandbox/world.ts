import type { Clock } from '../clock.ts'
import type { Card } from './card-rules.ts'

/** What was said on the stand-in, by whom, and which rules of WeCom the bot broke. */

/** A conversation as the phone shows it: with the robot, with the app, or a group. */
export type Where = 'robot' | 'app' | { group: string }

export type Attachment = { name: string; bytes: Uint8Array }

export type Author =
  | { type: 'person'; userId: string }
  | { type: 'robot' }
  | { type: 'app' }
  /** The push robot of a group (群机器人). */
  | { type: 'groupRobot' }

/** A card as one person sees it: after an update its buttons may be greyed and carry another text. */
export type CardView = { card: Card; greyed?: string }

export type Body =
  | { type: 'text'; text: string }
  | { type: 'markdown'; text: string }
  | { type: 'voice'; text: string }
  | { type: 'file' | 'image'; attachment: Attachment }
  | { type: 'mixed'; text: string; pictures: Attachment[] }
  | { type: 'card'; view: CardView; seenBy: Record<string, CardView> }

export type Entry = {
  id: string
  /** `robot:<userid>`, `app:<userid>` or `group:<chatid>`. */
  conversation: string
  from: Author
  at: Date
  body: Body
  /** `waiting`: not yet answered. `streaming`: more text is coming. `kept`: WeCom does not pass this on to the bot. */
  state: 'waiting' | 'sent' | 'streaming' | 'done' | 'failed' | 'kept' | 'recalled'
  /** Why it failed or was kept, in words for the person. */
  note?: string
  /** The entry this one quotes. */
  quotes?: string
  feedbackId?: string
  /** People named in a push to a group (userids or `@all`). */
  mentions?: string[]
}

export type Violation = { id: string; at: Date; rule: string; detail: string }

export type Change = { type: 'entry'; entry: Entry } | { type: 'violation'; violation: Violation }

/** Older entries are forgotten: a sandbox is not an archive. */
const MOST_ENTRIES = 5_000
const MOST_VIOLATIONS = 500

export function openWorld(clock: Clock) {
  const entries = new Map<string, Entry>()
  const violations: Violation[] = []
  const listeners = new Set<(change: Change) => void>()
  let count = 0

  const tell = (change: Change) => {
    for (const listener of listeners) listener(change)
  }

  return {
    entries,
    violations,
    nextId: (prefix: string) => `${prefix}${String(++count).padStart(6, '0')}`,
    add(entry: Omit<Entry, 'id' | 'at'>): Entry {
      const added = { ...entry, id: `E${String(++count).padStart(6, '0')}`, at: clock.now() }
      entries.set(added.id, added)
      for (const old of entries.keys()) {
        if (entries.size <= MOST_ENTRIES) break
        entries.delete(old)
      }
      tell({ type: 'entry', entry: added })
      return added
    },
    /** Replaces part of an entry and returns it as it is now. */
    change(id: string, part: Partial<Omit<Entry, 'id'>>): Entry {
      const entry = entries.get(id)
      if (!entry) throw new Error(`no entry ${id}`)
      const changed = { ...entry, ...part }
      entries.set(id, changed)
      tell({ type: 'entry', entry: changed })
      return changed
    },
    /** Records a broken rule. Loud on purpose: the page and the tests both show it. */
    violate(rule: string, detail: string): void {
      const violation = { id: `V${++count}`, at: clock.now(), rule, detail }
      violations.push(violation)
      if (violations.length > MOST_VIOLATIONS) violations.shift()
      tell({ type: 'violation', violation })
    },
    watch(listener: (change: Change) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type World = ReturnType<typeof openWorld>
