import { dayOf, timeOf } from '../clock.ts'
import type { StandIn } from './stand-in.ts'
import type { Attachment, Body, Change, Entry, Violation } from './world.ts'

/** What the page is told: the world without the bytes of its files, which it fetches by address. */

export type FileView = { name: string; size: number; url: string; preview?: string }

export function stateView(standIn: StandIn) {
  return {
    people: standIn.people,
    groups: standIn.groups.map(({ chatId, name, members }) => ({ chatId, name, members })),
    robotName: standIn.robotName,
    now: clockView(standIn),
    entries: standIn.entries().map(entryView),
    violations: standIn.violations.map(violationView),
  }
}

export const clockView = (standIn: StandIn): string => standIn.clock.now().toISOString()

export const changeView = (change: Change) =>
  change.type === 'entry'
    ? { type: change.type, entry: entryView(change.entry) }
    : { type: change.type, violation: violationView(change.violation) }

const entryView = (entry: Entry) => ({
  ...entry,
  at: entry.at.toISOString(),
  body: bodyView(entry.id, entry.body),
})

const violationView = ({ id, at, rule, detail }: Violation) => ({
  id,
  rule,
  detail,
  at: `${dayOf(at)} ${timeOf(at)}`,
})

function bodyView(entryId: string, body: Body) {
  switch (body.type) {
    case 'text':
    case 'markdown':
    case 'voice':
    case 'card':
      return body
    case 'file':
    case 'image':
      return { type: body.type, file: fileView(entryId, 0, body.attachment) }
    case 'mixed': {
      const pictures = body.pictures.map((picture, n) => fileView(entryId, n, picture))
      return { type: body.type, text: body.text, pictures }
    }
  }
}

function fileView(entryId: string, index: number, { name, bytes }: Attachment): FileView {
  const address = `${entryId}/${index}`
  return {
    name,
    size: bytes.length,
    url: `/sandbox/files/${address}`,
    ...(/\.(docx|xlsx)$/i.test(name) && { preview: `/sandbox/preview/${address}` }),
  }
}

/** The file behind an address of the views. */
export function findAttachment(entry: Entry | undefined, index: number): Attachment | undefined {
  switch (entry?.body.type) {
    case 'file':
    case 'image':
      return index === 0 ? entry.body.attachment : undefined
    case 'mixed':
      return entry.body.pictures[index]
    default:
      return undefined
  }
}
