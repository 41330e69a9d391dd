import { z } from 'zod'

/** The rules for template cards (path 90236, 101032, 91770). What the client shows cut is no violation; the rest is. */

export type CardChannel = 'robot' | 'app' | 'webhook'

const bytesAtMost = (most: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= most, `超过 ${most} 字节`)
const filled = z.string().min(1, '不能为空')
const key = filled.pipe(bytesAtMost(1024))
const address = z.string().regex(/^https?:\/\/\S+$/, '链接要写全，以 http:// 或 https:// 开头')

const Titled = z.strictObject({ title: z.string().optional(), desc: z.string().optional() })

const Jump = {
  url: address.optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
}

const Option = z.strictObject({ id: filled.pipe(bytesAtMost(128)), text: filled })

const Selection = z.strictObject({
  question_key: key,
  title: z.string().optional(),
  selected_id: z.string().optional(),
  disable: z.boolean().optional(),
  option_list: z.array(Option).min(1).max(10),
})

export const Card = z.strictObject({
  card_type: z.enum([
    'text_notice',
    'news_notice',
    'button_interaction',
    'vote_interaction',
    'multiple_interaction',
  ]),
  source: z
    .strictObject({
      icon_url: address.optional(),
      desc: z.string().optional(),
      desc_color: z.int().min(0).max(3).optional(),
    })
    .optional(),
  action_menu: z
    .strictObject({
      desc: z.string().optional(),
      action_list: z
        .array(z.strictObject({ text: filled, key }))
        .min(1)
        .max(3),
    })
    .optional(),
  main_title: Titled.optional(),
  emphasis_content: Titled.optional(),
  quote_area: z
    .strictObject({
      type: z.int().min(0).max(2).optional(),
      ...Jump,
      title: z.string().optional(),
      quote_text: z.string().optional(),
    })
    .optional(),
  sub_title_text: z.string().optional(),
  horizontal_content_list: z
    .array(
      z.strictObject({
        type: z.int().min(0).max(3).optional(),
        keyname: filled,
        value: z.string().optional(),
        url: address.optional(),
        media_id: z.string().optional(),
        userid: z.string().optional(),
      }),
    )
    .max(6)
    .optional(),
  jump_list: z
    .array(
      z.strictObject({
        type: z.int().min(0).max(3).optional(),
        title: filled,
        question: bytesAtMost(200).optional(),
        ...Jump,
      }),
    )
    .max(3)
    .optional(),
  card_action: z.strictObject({ type: z.int().min(0).max(2), ...Jump }).optional(),
  card_image: z
    .strictObject({ url: address, aspect_ratio: z.number().min(1.3).max(2.25).optional() })
    .optional(),
  image_text_area: z
    .strictObject({
      type: z.int().min(0).max(2).optional(),
      title: z.string().optional(),
      desc: z.string().optional(),
      image_url: address,
      ...Jump,
    })
    .optional(),
  vertical_content_list: z
    .array(z.strictObject({ title: filled, desc: z.string().optional() }))
    .max(4)
    .optional(),
  button_selection: Selection.optional(),
  button_list: z
    .array(
      z.strictObject({
        type: z.int().min(0).max(1).optional(),
        text: filled,
        style: z.int().optional(),
        key: key.optional(),
        url: address.optional(),
      }),
    )
    .min(1)
    .max(6)
    .optional(),
  checkbox: z
    .strictObject({
      question_key: key,
      mode: z.int().min(0).max(1).optional(),
      disable: z.boolean().optional(),
      option_list: z
        .array(Option.extend({ is_checked: z.boolean().optional() }))
        .min(1)
        .max(20),
    })
    .optional(),
  select_list: z.array(Selection).min(1).max(3).optional(),
  submit_button: z.strictObject({ text: filled, key }).optional(),
  task_id: z
    .string()
    .regex(/^[0-9A-Za-z_@-]+$/, '只能用数字、字母和 _ - @')
    .pipe(bytesAtMost(128))
    .optional(),
  feedback: z.strictObject({ id: filled.pipe(bytesAtMost(256)) }).optional(),
  replace_text: z.string().optional(),
})
export type Card = z.infer<typeof Card>

type Field = keyof Card

const common: Field[] = ['card_type', 'source', 'main_title', 'task_id', 'feedback', 'replace_text']
const notice: Field[] = ['action_menu', 'quote_area', 'horizontal_content_list', 'jump_list', 'card_action']

/** Which fields a kind of card uses, and which it must have (template-cards, table 2). */
const kinds: Record<Card['card_type'], { uses: Field[]; needs: Field[] }> = {
  text_notice: {
    uses: [...common, ...notice, 'emphasis_content', 'sub_title_text'],
    needs: ['card_action'],
  },
  news_notice: {
    uses: [...common, ...notice, 'card_image', 'image_text_area', 'vertical_content_list'],
    needs: ['main_title', 'card_action'],
  },
  button_interaction: {
    uses: [
      ...common,
      'action_menu',
      'quote_area',
      'sub_title_text',
      'horizontal_content_list',
      'card_action',
      'button_selection',
      'button_list',
    ],
    needs: ['main_title', 'button_list', 'task_id'],
  },
  vote_interaction: {
    uses: [...common, 'checkbox', 'submit_button'],
    needs: ['main_title', 'checkbox', 'submit_button', 'task_id'],
  },
  multiple_interaction: {
    uses: [...common, 'select_list', 'submit_button'],
    needs: ['main_title', 'select_list', 'submit_button', 'task_id'],
  },
}

/** Reads a card; `problems` says what WeCom would refuse or not show, empty when it is good. */
export function readCard(value: unknown, channel: CardChannel): { card?: Card; problems: string[] } {
  const parsed = Card.safeParse(value)
  if (!parsed.success) {
    return { problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) }
  }
  const card = parsed.data
  return {
    card,
    problems: [
      ...fieldProblems(card),
      ...emptinessProblems(card),
      ...uniquenessProblems(card),
      ...targetProblems(card),
      ...channelProblems(card, channel),
    ],
  }
}

function fieldProblems(card: Card): string[] {
  const { uses, needs } = kinds[card.card_type]
  const given = (Object.keys(card) as Field[]).filter((field) => card[field] !== undefined)
  return [
    ...needs.filter((field) => card[field] === undefined).map((field) => `${card.card_type} 必须有 ${field}`),
    ...given.filter((field) => !uses.includes(field)).map((field) => `${card.card_type} 不能有 ${field}`),
  ]
}

function emptinessProblems(card: Card): string[] {
  const problems: string[] = []
  if (card.card_type === 'text_notice' && !card.main_title?.title && !card.sub_title_text)
    problems.push('main_title.title 和 sub_title_text 至少要有一个')
  if (card.card_type !== 'text_notice' && !card.main_title?.title) problems.push('main_title.title 不能为空')
  if (card.card_type === 'news_notice' && !card.card_image && !card.image_text_area)
    problems.push('card_image 和 image_text_area 至少要有一个')
  if (card.action_menu && !card.task_id) problems.push('有 action_menu 就必须有 task_id')
  return problems
}

function uniquenessProblems(card: Card): string[] {
  const keys = [
    ...(card.button_list ?? []).flatMap((button) => button.key ?? []),
    ...(card.action_menu?.action_list ?? []).map((action) => action.key),
  ]
  const questions = [
    ...(card.select_list ?? []).map((select) => select.question_key),
    ...(card.button_selection ? [card.button_selection.question_key] : []),
  ]
  const optionLists = [
    ...(card.select_list ?? []),
    ...(card.button_selection ? [card.button_selection] : []),
    ...(card.checkbox ? [card.checkbox] : []),
  ].map((choice) => choice.option_list.map((option) => option.id))
  return [keys, questions, ...optionLists].flatMap((list) =>
    list.filter((item, i) => list.indexOf(item) < i).map((item) => `重复的 key 或 id：${item}`),
  )
}

function targetProblems(card: Card): string[] {
  const problems: string[] = []
  const jumps = [
    ...(card.jump_list ?? []),
    ...(card.quote_area ? [card.quote_area] : []),
    ...(card.card_action ? [card.card_action] : []),
    ...(card.image_text_area ? [card.image_text_area] : []),
  ]
  for (const jump of jumps) {
    if (jump.type === 1 && !jump.url) problems.push('type 1 必须有 url')
    if (jump.type === 2 && !jump.appid) problems.push('type 2 必须有 appid')
  }
  for (const line of card.horizontal_content_list ?? []) {
    if (line.type === 1 && !line.url) problems.push(`${line.keyname}：type 1 必须有 url`)
    if (line.type === 2 && !line.media_id) problems.push(`${line.keyname}：type 2 必须有 media_id`)
    if (line.type === 3 && !line.userid) problems.push(`${line.keyname}：type 3 必须有 userid`)
  }
  if (card.card_type.endsWith('_notice') && card.card_action?.type === 0)
    problems.push('card_action.type 只能是 1 或 2')
  return problems
}

function channelProblems(card: Card, channel: CardChannel): string[] {
  const problems: string[] = []
  if (channel === 'webhook' && !card.card_type.endsWith('_notice'))
    problems.push('群机器人只能发 text_notice 和 news_notice')
  if (channel !== 'robot') {
    if (card.feedback) problems.push('feedback 只有智能机器人能用')
    if (card.jump_list?.some((jump) => jump.type === 3)) problems.push('jump_list.type 3 只有智能机器人能用')
  }
  if (channel === 'robot') {
    if (card.horizontal_content_list?.some((line) => line.type === 2))
      problems.push('智能机器人的 horizontal_content_list 不能带附件')
    if (card.replace_text !== undefined) problems.push('智能机器人没有 replace_text')
    if (card.action_menu && !card.action_menu.desc) problems.push('action_menu.desc 不能为空')
    if (card.jump_list?.some((jump) => jump.type === 3 && !jump.question))
      problems.push('jump_list.type 3 必须有 question')
  }
  for (const button of card.button_list ?? []) {
    if (channel === 'robot' && (button.type !== undefined || button.url !== undefined))
      problems.push(`按钮“${button.text}”：智能机器人的按钮没有 type 和 url`)
    if (button.type === 1 ? !button.url : !button.key) problems.push(`按钮“${button.text}”没有 key 或 url`)
  }
  return problems
}

/** Whether a click on the card can call the bot back, so that it gets a response_code. */
export const callsBack = (card: Card): boolean =>
  !card.card_type.endsWith('_notice') || card.action_menu !== undefined
