/** Our cards as template cards, and their clicks back. */

import type { Answer, Card, Content } from '../messages.ts'
import { type CardChannel, lengthOf } from './card-lengths.ts'
import { checkCard } from './card-schema.ts'
import { cutCharacters } from './text.ts'

/** A card as WeCom takes it; only `checkCard` looks inside. */
export type TemplateCard = { card_type: string; task_id: string } & Record<string, unknown>

/** Buttons fit on a card up to six, options of a vote up to twenty (path 101032). */
const MOST_BUTTONS = 6

/** What a vote of ours calls its question and its submit button; `clickOf` turns both back into a button's key. */
const CHOICE = 'choice'
const SUBMIT = 'submit'

/** The lengths of the texts of our cards, by channel. */
const lengthsFor = (channel: CardChannel) => ({
  source: lengthOf('source.desc', channel) ?? Infinity,
  title: lengthOf('main_title.title', channel) ?? Infinity,
  hint: lengthOf('main_title.desc', channel) ?? Infinity,
  button: lengthOf('button_list.0.text', channel) ?? Infinity,
  option: lengthOf('checkbox.option_list.0.text', channel) ?? Infinity,
})
const LENGTHS = { robot: lengthsFor('robot'), app: lengthsFor('app'), groupRobot: lengthsFor('groupRobot') }

/**
 * Up to six buttons are a button card, up to twenty a vote with one choice. Long texts are cut. Undefined when
 * WeCom would refuse the card: the words of the reply are complete without it. `above` is a small line over it.
 */
export function renderCard(card: Card, channel: CardChannel, above?: string): TemplateCard | undefined {
  const lengths = LENGTHS[channel]
  const short = (text: string, length: number) => cutCharacters(text.replace(/\s+/g, ' ').trim(), length)
  const keys = new Set<string>()
  const buttons = card.buttons.filter(({ key }) => !keys.has(key) && keys.add(key))
  const head = {
    ...(above !== undefined && { source: { desc: short(above, lengths.source), desc_color: 0 } }),
    main_title: {
      title: short(card.title, lengths.title),
      ...(card.hint !== undefined && { desc: short(card.hint, lengths.hint) }),
    },
    task_id: card.id,
  }
  const rendered =
    buttons.length <= MOST_BUTTONS
      ? {
          card_type: 'button_interaction',
          ...head,
          button_list: buttons.map(({ text, key }) => ({
            text: short(text, lengths.button),
            style: 1,
            key,
          })),
        }
      : {
          card_type: 'vote_interaction',
          ...head,
          checkbox: {
            question_key: CHOICE,
            mode: 0,
            option_list: buttons.map(({ text, key }) => ({
              id: key,
              text: short(text, lengths.option),
            })),
          },
          submit_button: { text: '确定', key: SUBMIT },
        }
  return checkCard(rendered, channel).ok ? rendered : undefined
}

/**
 * What replaces a card of the robot that was clicked: a notice without buttons, with the id of the card (path
 * 101031). The first line of the text is its title, unless it is too long for one.
 */
export function renderNotice(cardId: string, text: string, url: string): TemplateCard {
  const [first = '', ...rest] = text.split('\n')
  const short = [...first].length <= LENGTHS.robot.title
  const below = (short ? rest : [first, ...rest]).join('\n').trim()
  return {
    card_type: 'text_notice',
    ...(short && { main_title: { title: first.trim() || '已收到' } }),
    ...(below !== '' && {
      sub_title_text: cutCharacters(below, lengthOf('sub_title_text', 'robot') ?? Infinity),
    }),
    // A notice must open something (path 101032).
    card_action: { type: 1, url },
    task_id: cardId,
  }
}

type Click = Extract<Content, { type: 'click' }>

/** A click on a card; the option chosen in a vote of ours counts as the button with that key. */
export function clickOf(click: Omit<Click, 'type'>): Click {
  const chosen = click.key === SUBMIT ? click.selected[CHOICE]?.[0] : undefined
  return { type: 'click', ...click, key: chosen ?? click.key }
}

/** What a clicked card says: the notice above the text, once where they are the same. */
export const noticeOf = ({ notice, reply }: Answer): string =>
  notice === undefined || notice === reply.text ? reply.text : `${notice}\n${reply.text}`
