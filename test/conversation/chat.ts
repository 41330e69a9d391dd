import { addDays, dayOf } from '../../src/clock.ts'
import type { Draft, Session } from '../../src/conversation/session.ts'
import { step } from '../../src/conversation/step.ts'
import { loadCharter } from '../../src/documents/charter.ts'
import type { Facts, Turn } from '../../src/conversation/turn.ts'
import { fieldTypes } from '../../src/filings/field-types.ts'
import type { Filing } from '../../src/filings/filing.ts'
import { normalizeName } from '../../src/filings/names.ts'
import type { FieldTypes } from '../../src/forms/field-type.ts'
import type { Card, Content, InboundMessage, Reply } from '../../src/messages.ts'
import type { Answer } from '../../src/knowledge/compose.ts'
import { loadPack, type Pack } from '../../src/pack.ts'
import { perform } from '../../src/perform.ts'
import { createData } from '../../src/store/memory/data.ts'
import { MemoryTransaction } from '../../src/store/memory/transaction.ts'
import type { Vault } from '../../src/store/memory/vault.ts'

export const liubei = await loadPack('templates/liubei')

/** Two things the policy document knows; about all else it has nothing. */
export const knownQuestions: Record<string, string> = {
  备案要多久: '一般二十个工作日。（附件1填表说明6）',
  要交钱吗: '备案不收费。（正文三）',
}

function tellFew(question: string): Answer {
  const known = Object.keys(knownQuestions).find((known) => question.includes(known))
  return known
    ? { kind: 'found', text: knownQuestions[known]!, sources: ['正文'], article: known }
    : { kind: 'silent', text: '文件里没有写。', sources: [] }
}

/** Rows as plain JSON: every session, filing and delivery goes through its schema on the way back. */
const openVault: Vault = {
  seal: (_record, value) => JSON.stringify(value),
  open: (_record, sealed, schema) => schema.parse(JSON.parse(sealed)),
}

export type Where = 'single' | 'group'

/** A town of people who talk to one bot, all in memory. Time stands still unless it is moved. */
export class Town {
  pack: Pack
  types: FieldTypes
  now = new Date('2026-11-23T02:03:00Z')
  readonly #data = createData()
  /** Names other people filed under, beside those filed here. */
  readonly #taken: string[]
  #ids = 0

  constructor({ taken = [], pack = liubei }: { taken?: string[]; pack?: Pack } = {}) {
    this.#taken = taken
    this.pack = pack
    this.types = fieldTypes(pack)
  }

  daysPass(days: number): void {
    this.now = new Date(this.now.getTime() + Date.parse(addDays('1970-01-01', days)))
  }

  newId(): string {
    return `id${(this.#ids += 1)}`
  }

  /** One transaction: everything it wrote is there at the end, or nothing when it fails. */
  async transact<T>(work: (tx: MemoryTransaction) => Promise<T>): Promise<T> {
    const tx = new MemoryTransaction(this.#data, openVault, () => this.now)
    try {
      const result = await work(tx)
      this.#data.commit()
      return result
    } catch (error) {
      this.#data.rollback()
      throw error
    } finally {
      tx.end()
    }
  }

  /** Reads the facts, decides, performs, saves; undefined when the bot says nothing. */
  async hear(message: InboundMessage): Promise<Turn | undefined> {
    return this.transact(async (tx) => {
      const session = await tx.getSession(message.from)
      const facts: Facts = {
        now: this.now,
        today: dayOf(this.now),
        person: message.from,
        pack: this.pack,
        types: this.types,
        filings: await tx.listFilingsOf(message.from),
        organizations: {},
        staff: nobody,
        charterModel,
        found: {},
        movedTo: {},
        matters: {},
        reminded: [],
        tell: tellFew,
        wishIn: () => undefined,
        labels: [],
        newId: () => this.newId(),
      }
      for (let lookups = 0; lookups < 5; lookups++) {
        const decided = step(session, message, facts)
        if (!decided) return undefined
        if (!('needs' in decided)) {
          const turn = await perform(decided, session, tx, { message, facts })
          await tx.saveSession(message.from, turn.session)
          return turn
        }
        if (decided.needs !== 'organizations') throw new Error(`nobody here is staff: ${decided.needs}`)
        const name = decided.normalizedName
        facts.organizations[name] = [
          ...(await tx.findOrganizations(name)),
          ...this.#taken
            .filter((taken) => normalizeName(taken) === name)
            .map((taken) => ({ name: taken, applicant: 'somebody' })),
        ]
      }
      throw new Error('the step keeps asking for names')
    })
  }
}

const charterModel = (await loadCharter('templates/liubei')).text

/** No one has a role. */
const nobody: Facts['staff'] = { appointments: [], groups: [], places: new Map() }

/** One person with a phone: what was said to the bot and what it answered. */
export class Chat {
  readonly town: Town
  readonly userId: string
  /** The words of the last answer; empty when there was none. */
  heard = ''
  /** Every answer so far. */
  texts: string[] = []
  reply: Reply | undefined
  turn: Turn | undefined
  /** All cards that came, the newest last. */
  cards: Card[] = []
  #session: Session | undefined

  constructor(town: Town, userId = 'wang') {
    this.town = town
    this.userId = userId
  }

  says(text: string, where: Where = 'single'): Promise<string> {
    return this.sends({ type: 'text', text }, where)
  }

  async sends(content: Content, where: Where = 'single'): Promise<string> {
    this.turn = await this.town.hear({
      id: this.town.newId(),
      channel: 'robot',
      from: this.userId,
      chat: where === 'group' ? { type: 'group', id: 'square' } : { type: 'single' },
      content,
    })
    this.reply = this.turn?.reply
    if (this.reply?.card) this.cards.push(this.reply.card)
    this.#session = this.turn?.session ?? this.#session
    this.heard = this.reply?.text ?? ''
    this.texts.push(this.heard)
    return this.heard
  }

  /** Presses the button that says `text`, on the newest card or an older one. */
  presses(text: string, card = this.cards.at(-1), where: Where = 'single'): Promise<string> {
    const button = card?.buttons.find((button) => button.text === text)
    if (!card || !button) throw new Error(`no button ${text} on ${JSON.stringify(card)}`)
    return this.sends({ type: 'click', cardId: card.id, key: button.key, selected: {} }, where)
  }

  /** Says one thing after another. */
  async goesOn(...texts: string[]): Promise<string> {
    for (const text of texts) await this.says(text)
    return this.heard
  }

  /** What the bot keeps of this talk. */
  get session(): Session {
    if (!this.#session) throw new Error(`${this.userId} has not said anything yet`)
    return this.#session
  }

  get draft(): Draft {
    const draft = this.session.drafts.at(-1)
    if (!draft) throw new Error(`${this.userId} has no draft; last heard: ${this.heard}`)
    return draft
  }

  /** The answers of the draft as plain values by field id. */
  get values(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.draft.answers).map(([id, answer]) => [
        id,
        'value' in answer ? answer.value : undefined,
      ]),
    )
  }

  filings(): Promise<Filing[]> {
    return this.town.transact((tx) => tx.listFilingsOf(this.userId))
  }
}

/** Where the label and the progress of a question stand: 【籍贯】第11题/共24题. */
const HEAD = /【([^】]+)】第(\d+)题\/共(\d+)题/g

/** The labels of all questions a text asks. */
export const questionsIn = (text: string): string[] => [...text.matchAll(HEAD)].map(([, label]) => label!)

/** The label of the question that stands at the end of a text. */
export const questionIn = (text: string): string | undefined => questionsIn(text).at(-1)
