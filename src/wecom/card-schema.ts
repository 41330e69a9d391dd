/** What WeCom takes as a template card (模板卡片), by channel: path 90236, 101032, 91770. */

import { z } from 'zod'
import type { CardChannel } from './card-lengths.ts'
import {
  bytes,
  shown,
  url,
  taskId,
  unique,
  link,
  linkIsWhole,
  oneOf,
  title,
  looseTitle,
  source,
  actionMenu,
  quoteArea,
  horizontal,
  jumps,
  selection,
  checkbox,
  button,
  submitButton,
} from './card-parts.ts'

export type CardProblem = {
  /** The number WeCom answers with when it refuses such a card (path 90313). */
  errcode: number
  /** Where in the card, for example `button_list.0.key`. */
  path: string
  message: string
}

export type CheckedCard =
  { ok: true; cardType: CardType; taskId: string | undefined } | { ok: false; problems: CardProblem[] }

export type CardType =
  'text_notice' | 'news_notice' | 'button_interaction' | 'vote_interaction' | 'multiple_interaction'

/**
 * Whether WeCom would take this card. A wrong card in a passive answer is silently not shown, so every card is
 * checked before it is sent. Texts that WeCom would only show cut are told by `overlongFields`.
 */
export function checkCard(card: unknown, channel: CardChannel): CheckedCard {
  const parsed = schemas[channel].safeParse(card)
  if (parsed.success) {
    const { card_type: cardType, task_id: taskId } = parsed.data
    return { ok: true, cardType, taskId }
  }
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => {
      const path = issue.path.map(String).join('.')
      return { errcode: errcodeOf(path, issue.code), path, message: issue.message }
    }),
  }
}

function schemaFor(channel: CardChannel) {
  const feedback = channel === 'robot' ? { feedback: z.strictObject({ id: bytes(256) }).optional() } : {}
  const replaced = channel === 'app' ? { replace_text: z.string().optional() } : {}
  const everywhere = { source: source.optional(), ...feedback, ...replaced }
  const notice = {
    ...everywhere,
    action_menu: actionMenu.optional(),
    quote_area: quoteArea.optional(),
    horizontal_content_list: horizontal(channel).optional(),
    jump_list: jumps(channel).optional(),
    card_action: link(oneOf(1, 2)),
    task_id: taskId.optional(),
  }

  const textNotice = z.strictObject({
    card_type: z.literal('text_notice'),
    ...notice,
    main_title: looseTitle.optional(),
    emphasis_content: looseTitle.optional(),
    sub_title_text: z.string().optional(),
  })
  const newsNotice = z.strictObject({
    card_type: z.literal('news_notice'),
    ...notice,
    main_title: title,
    card_image: z.strictObject({ url, aspect_ratio: z.number().min(1.3).max(2.25).optional() }).optional(),
    image_text_area: z
      .strictObject({
        type: oneOf(0, 1, 2).optional(),
        url: url.optional(),
        appid: shown.optional(),
        pagepath: z.string().optional(),
        title: z.string().optional(),
        desc: z.string().optional(),
        image_url: url,
      })
      .superRefine(linkIsWhole)
      .optional(),
    vertical_content_list: z
      .array(z.strictObject({ title: shown, desc: z.string().optional() }))
      .max(4)
      .optional(),
  })
  const buttons = z.strictObject({
    card_type: z.literal('button_interaction'),
    ...notice,
    main_title: title,
    sub_title_text: z.string().optional(),
    card_action: link(oneOf(0, 1, 2)).optional(),
    jump_list: z.undefined().optional(),
    button_selection: selection.optional(),
    button_list: z
      .array(button(channel))
      .min(1)
      .max(6)
      .refine(
        ...unique<{ key?: string | undefined; url?: unknown }>((it) => it.key ?? `url ${String(it.url)}`),
      ),
    task_id: taskId,
  })
  const vote = z.strictObject({
    card_type: z.literal('vote_interaction'),
    ...everywhere,
    main_title: title,
    checkbox,
    submit_button: submitButton,
    task_id: taskId,
  })
  const selects = z.strictObject({
    card_type: z.literal('multiple_interaction'),
    ...everywhere,
    main_title: title,
    select_list: z
      .array(selection)
      .min(1)
      .max(3)
      .refine(...unique<{ question_key: string }>((select) => select.question_key)),
    submit_button: submitButton,
    task_id: taskId,
  })

  const kinds =
    channel === 'groupRobot'
      ? z.discriminatedUnion('card_type', [textNotice, newsNotice])
      : z.discriminatedUnion('card_type', [textNotice, newsNotice, buttons, vote, selects])
  return kinds.superRefine((card, context) => {
    if (card.card_type === 'text_notice' && !card.main_title?.title && !card.sub_title_text) {
      context.addIssue({ code: 'custom', path: ['main_title'], message: 'needs a title or a sub title' })
    }
    if (card.card_type === 'news_notice' && !card.card_image && !card.image_text_area) {
      context.addIssue({ code: 'custom', path: ['card_image'], message: 'needs a picture' })
    }
    if ('action_menu' in card && card.action_menu && card.task_id === undefined) {
      context.addIssue({ code: 'custom', path: ['task_id'], message: 'a menu needs a task_id' })
    }
  })
}

const schemas = { robot: schemaFor('robot'), app: schemaFor('app'), groupRobot: schemaFor('groupRobot') }

/** Field at fault to error number (path 90313). Indexes are left out of the path; the first that fits counts. */
const ERRCODES: [RegExp, number][] = [
  [/^card_type$/, 42031],
  [/^task_id$/, 42014],
  [/^button_list\.key$/, 42039],
  [/^button_list\.text$/, 42038],
  [/^horizontal_content_list$/, 42035],
  [/^horizontal_content_list\.keyname$/, 42027],
  [/^horizontal_content_list\.userid$/, 42050],
  [/^vertical_content_list$/, 42036],
  [/option_list$/, 42037],
  [/^jump_list$/, 42042],
  [/^select_list$/, 42047],
  [/^(vertical_content_list|jump_list)\.title$/, 42033],
  [/option_list\.id$/, 42040],
  [/option_list\.text$/, 42041],
  [/question_key$/, 42043],
  [/^card_image(\.url)?$/, 42044],
  [/^card_action$/, 42045],
  [/^submit_button\.key$/, 42046],
  [/^submit_button\.text$/, 42049],
  [/^action_menu\.action_list$/, 42051],
  [/media_id$/, 42029],
  [/appid$/, 42030],
  [/url$/, 42028],
]

function errcodeOf(path: string, code: string): number {
  const field = path.replace(/\.\d+/g, '')
  if (code === 'invalid_union' && field === '') return 42031
  return ERRCODES.find(([pattern]) => pattern.test(field))?.[1] ?? 40058
}
