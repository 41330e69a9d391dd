/** What people and bot say to each other, in no platform's words. */

/** A member of the enterprise, in lower case: WeCom's ids are unique ignoring case. */
export type UserId = string

/** Where a message was said; the chat decides only what may be said aloud. */
export type Chat = { type: 'single' } | { type: 'group'; id: string }

/** The two ways into the bot: smart robot (JSON) and self-built app (XML). */
export type Channel = 'robot' | 'app'

/** A file somebody sent: a URL that lives for minutes (robot) or a media id that lives for days (app). */
export type Media = { from: 'url'; url: string } | { from: 'mediaId'; mediaId: string; name?: string }

export type Content =
  | { type: 'text'; text: string }
  /** Speech, already turned into text by WeCom. */
  | { type: 'voice'; text: string }
  | { type: 'mixed'; text: string; pictures: Media[] }
  | { type: 'file' | 'image' | 'video' | 'audio'; media: Media }
  | { type: 'location'; label: string }
  | { type: 'link'; title: string; url: string }
  /** A button of a card was pressed, or its form sent. `selected` holds option ids by question key. */
  | {
      type: 'click'
      cardId: string
      key: string
      selected: Record<string, string[]>
      /** App: changes the card once within 72 hours. A secret. */
      responseCode?: string
    }
  /** The chat with the bot was opened. */
  | { type: 'entered' }
  | { type: 'feedback'; about: string; verdict: 'accurate' | 'inaccurate' | 'withdrawn'; comment: string }
  /** WeCom asks how far the answer `streamId` is. */
  | { type: 'refresh'; streamId: string }
  /**
   * What a file said once it was fetched and read: its cells, or why it could not be read. `unread`: the names of its
   * other sheets.
   */
  | { type: 'sheet'; rows: string[][]; unread?: string[]; problem?: string }
  /** The text of a Word file, a line for each paragraph. */
  | { type: 'paper'; text: string }
  /** What a model found in a free message `said`: words by field id, to be checked. `asOf` is how things stood. */
  | { type: 'freeFacts'; said: string; facts: Record<string, string>; asOf: string }
  /** A kind this version does not know; never an error. */
  | { type: 'unknown'; kind: string }

export type InboundMessage = {
  /** The same for every delivery of one message and for nothing else; opaque. */
  id: string
  channel: Channel
  from: UserId
  chat: Chat
  content: Content
  /** The message this one quotes. */
  quote?: Content
  /** Robot: takes one message within one hour. A secret. */
  responseUrl?: string
}

/** A document that can be made at any moment from the record it belongs to. */
export type DocumentRef = {
  /** `draft` follows the draft as it is; `filing` is pinned to what was submitted; `charter` to what was kept;
   * `ledger`, `reports`, `person` and `checklist` list what the one it is made for may see; `chart` draws it, of the
   * place `id` or, when that is empty, of all places of the one it is made for. */
  of: 'draft' | 'filing' | 'charter' | 'ledger' | 'reports' | 'person' | 'checklist' | 'chart'
  id: string
  /** Which paper: the id of a document of the template pack, for example `initial`, `roster`. */
  paper: string
  format: 'docx' | 'xlsx' | 'png'
  /** Identity numbers, phones and home addresses as on the screen: for reviewers who did not say why they need them. */
  masked?: true
  /** The name a person sees, with its ending. */
  name: string
}

/** A button says in `key` what its text says in words; both lead to the same turn. */
export type Button = { text: string; key: string }

export type Card = {
  /** Unique for ever: `[0-9A-Za-z_@-]`, at most 128 bytes. */
  id: string
  title: string
  hint?: string
  buttons: Button[]
}

export type Reply = {
  /** Lines of plain text. Complete without card and links. */
  text: string
  card?: Card
  /** Documents the person may open; the platform's link is added when the reply is rendered. */
  documents?: DocumentRef[]
}

/** What is answered to a message at once. The links to documents already stand in the text. */
export type Answer = {
  reply: Reply
  /** Robot only: the id of the stream the answer is shown in; the same for every delivery of the message. */
  streamId: string
  /** False while the answer is still being worked on; WeCom then asks again. */
  finished: boolean
  /** The question it answers, without personal data; people may then rate the answer. */
  asked?: string
  /** Click only: what the card says in place of its buttons, in a few characters; else the text is shown there. */
  notice?: string
}
