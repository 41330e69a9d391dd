import { isDeepStrictEqual } from 'node:util'
import { currentQuestion } from '../../src/conversation/interview/filling.ts'
import type { Draft } from '../../src/conversation/session.ts'
import type { Content } from '../../src/messages.ts'
import { renderCard } from '../../src/wecom/cards.ts'
import { Chat, questionIn, questionsIn, Town, type Where } from './chat.ts'
import { digression, type Digression } from './digressions.ts'
import { activeDraft, fieldsOf, formOf, isTrue, nextWords } from './mind.ts'
import { withGrownForm, withNewNotice } from './packs.ts'
import type { Chance } from './random.ts'
import { otherFact, personal, secrets, takenNames, truthOf, type Truth } from './truth.ts'

/** From anywhere a leader who only answers what is asked must be done after so many messages. */
const MOST_TO_THE_END = 80

/** One leader's talk with the bot, watched: every message is held against what must never happen. */
export class Walk {
  readonly said: string[] = []
  /** Sensible messages it took to hand in. */
  tookToTheEnd = 0
  isOver = false
  readonly #chance: Chance
  readonly #truth: Truth
  readonly #chat = new Chat(new Town({ taken: takenNames }))
  readonly #cardIds = new Set<string>()

  constructor(chance: Chance) {
    this.#chance = chance
    this.#truth = truthOf(chance)
  }

  async begins(): Promise<void> {
    const where = this.#chance.happens(0.2) ? 'group' : 'single'
    const text = this.#chance.pick(['开始备案', '我要备案', '备案', '代办备案'])
    await this.#does({ content: { type: 'text', text }, where, may: [], drafts: true })
  }

  async digresses(): Promise<void> {
    if (this.#chance.happens(0.1)) this.#chat.town.daysPass(this.#chance.below(20))
    const { town } = this.#chat
    if (this.#chance.happens(0.01)) town.pack = withNewNotice(town.pack)
    if (this.#chance.happens(0.01)) town.pack = withGrownForm(town.pack)
    await this.#does(digression(this.#chat, this.#truth, this.#chance))
  }

  /** Answers what is asked, confirms, mends, hands in: mostly in single chat. What she says must be understood. */
  async goesOn(where: Where = this.#chance.happens(0.1) ? 'group' : 'single'): Promise<void> {
    const chat = this.#chat
    if (chat.heard.includes('不能重名'))
      this.#truth.fields['organizationName'] = otherFact('organizationName', this.#chance)
    const { text, about } = nextWords(chat, this.#truth, this.#chance)
    const type = this.#chance.happens(0.2) && !text.includes('\n') ? 'voice' : 'text'
    await this.#does({
      content: { type, text },
      where,
      may: [...(about ? [about] : []), ...pendingFields(chat)],
      opens: /^[改删]/.test(text),
      drafts: text === '确认提交' || text === '开始备案',
    })
    if (where === 'single' && /这里要填的是|文件里没有写/.test(chat.heard)) fail(`${text} was not understood`)
  }

  async handsIn(): Promise<void> {
    while (!this.isOver) {
      if (this.tookToTheEnd++ > MOST_TO_THE_END)
        fail(`not handed in after ${MOST_TO_THE_END} sensible messages`)
      await this.goesOn('single')
    }
  }

  /** 取消 and 1 end a form that is being filled, wherever it stands. */
  async cancels(): Promise<void> {
    if (!activeDraft(this.#chat)) await this.#does(words('继续'))
    await this.#does(words('取消'))
    await this.#does({ ...words('1'), drafts: true })
    if (this.#chat.session.drafts.length > 0) fail('取消 and 1 did not end it')
    this.isOver = true
  }

  async #does({ content, where, may, opens = false, drafts = false }: Digression): Promise<void> {
    const chat = this.#chat
    const before = chat.turn && chat.session.drafts.at(-1)
    const pendings = pendingFields(chat)
    const mayEnd = drafts || (chat.turn && chat.session.pending?.type === 'cancel' && may.includes('*'))
    this.said.push(`${where === 'group' ? '[group] ' : ''}${inWords(content)}`)
    await chat.sends(content, where)
    this.said.push(`    ${chat.heard.replaceAll('\n', ' / ').slice(0, 300)}`)
    const after = chat.session.drafts.at(-1)

    this.#hears(content, where)
    if (before && !after && !mayEnd) fail('the draft is gone')
    if (before && after?.id === before.id) {
      const asked = currentQuestion(formOf(chat), before)
      const allowed = may.includes('*') ? [...may, ...pendings, asked?.field.id] : may
      unchanged(before, after, allowed)
      // A name without its place asks for the place first.
      const placeFirst = asked?.field.type === 'organizationName' && after.reopened?.field === 'activityArea'
      const isOpened = after.reopened && !isDeepStrictEqual(after.reopened, before.reopened)
      if (isOpened && !opens && !placeFirst) fail(`${after.reopened!.field} was opened without cause`)
    }
    if (chat.turn?.effects.some(({ type }) => type === 'submit') && !after) await this.#isHandedIn()
  }

  /** What was handed in is what she last said, and a second 确认提交 hands in nothing more. */
  async #isHandedIn(): Promise<void> {
    const chat = this.#chat
    await chat.says('确认提交')
    const [filing, second] = await chat.filings()
    if (!filing || second) return fail('not handed in once')
    const fields = fieldsOf(chat, { answers: filing.answers, postponed: [] })
    const wrong = fields.find(({ id }) => !isTrue(chat, this.#truth, id, filing.answers[id]))
    if (wrong) fail(`${wrong.id} was handed in wrong`)
    this.isOver = true
  }

  /** What must be so of every answer. */
  #hears(content: Content, where: Where): void {
    const chat = this.#chat
    const text = chat.heard
    if (text.trim() === '' && content.type !== 'feedback' && content.type !== 'unknown') fail('no answer')
    const squeezed = text.replace(/[\s-]/g, '')
    const secret = secrets.find((secret) => squeezed.includes(secret))
    if (secret) fail(`${secret} was read out`)
    const labels = questionsIn(text)
    if (labels.length > 1) fail('more than one question in a message')
    if (where === 'group') this.#isDiscreet(text)
    const [label] = labels
    const draft = activeDraft(chat)
    if (label) {
      if (!draft) return fail('a question without a form')
      const question = currentQuestion(formOf(chat), draft)
      const standing = (question?.column ?? question?.field)?.label
      if (!chat.session.pending && standing !== label) fail(`${label} was asked, ${standing} stands`)
      if (!text.includes(`题/共${fieldsOf(chat, draft).length}题`)) fail('the progress is wrong')
    }
    const card = chat.reply?.card
    if (!card) return
    if (this.#cardIds.has(card.id)) fail('two cards have one id')
    this.#cardIds.add(card.id)
    if (!renderCard(card, 'robot')) fail(`WeCom refuses the card ${JSON.stringify(card)}`)
  }

  #isDiscreet(text: string): void {
    const word = personal.find((word) => text.includes(word))
    if (word) fail(`${word} was said in the group`)
    const label = questionIn(text)
    const field = formOf(this.#chat).fields.find((field) => field.label === label)
    if (label && (!field || field.personal)) fail(`${label} was asked in the group`)
    if ((this.#chat.reply?.documents ?? []).length > 0) fail('documents were shown in the group')
  }
}

const words = (text: string): Digression => ({ content: { type: 'text', text }, where: 'single', may: [] })

function fail(what: string): void {
  throw new Error(what)
}

/** No answer changes but those allowed and what follows from them: the full name follows its place. */
function unchanged(before: Draft, after: Draft, may: (string | undefined)[]): void {
  const allowed = new Set(may)
  if (allowed.has('activityArea')) allowed.add('organizationName')
  // A contact told at once says that she is not the leader.
  if (allowed.has('contactIsPrincipal')) {
    for (const id of ['contactName', 'contactPhone', 'contactPosition']) allowed.add(id)
  }
  for (const id of new Set([...Object.keys(before.answers), ...Object.keys(after.answers)])) {
    if (allowed.has(id)) continue
    const [old, now] = [before, after].map(({ answers }) => {
      const answer = answers[id]
      return answer && 'value' in answer ? { value: answer.value } : answer && 'skipped'
    })
    if (!isDeepStrictEqual(old, now)) fail(`the answer to ${id} changed to ${JSON.stringify(now)}`)
  }
}

/** The fields whose values wait for a yes. */
function pendingFields(chat: Chat): string[] {
  const pending = chat.turn && chat.session.pending
  if (!pending) return []
  const heard = chat.session.drafts.flatMap((draft) => draft.heard)
  const places = 'field' in pending ? [pending, ...heard] : heard
  return places.map(({ field }) => field)
}

function inWords(content: Content): string {
  if ('text' in content) return content.text.slice(0, 60)
  return content.type === 'click' ? `[presses ${content.key} of ${content.cardId}]` : `[${content.type}]`
}
