/** The parts a template card is made of: path 90236, 101032, 91770. */

import { z } from 'zod'
import type { CardChannel } from './card-lengths.ts'

export const bytes = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text) <= max, `at most ${max} bytes`)

export const shown = z.string().trim().min(1)
export const key = bytes(1024)
export const url = z.string().regex(/^[a-z][a-z0-9+.-]*:\/\/\S+$/i, 'a URL with its scheme')
export const taskId = z.string().regex(/^[0-9A-Za-z_@-]{1,128}$/, 'at most 128 of 0-9 A-Z a-z _ - @')

export const unique = <T>(of: (item: T) => string) =>
  [
    (items: T[]) => new Set(items.map(of)).size === items.length,
    { error: 'must be unique in the card' },
  ] as const

/** What a tap opens: nothing, a page, a mini program; `3` means another thing in each list. */
export const link = (type: z.ZodType<number>) =>
  z
    .strictObject({ type, url: url.optional(), appid: shown.optional(), pagepath: z.string().optional() })
    .superRefine(linkIsWhole)

export function linkIsWhole(
  target: { type?: number | undefined; url?: string | undefined; appid?: string | undefined },
  context: z.RefinementCtx,
) {
  if (target.type === 1 && target.url === undefined) {
    context.addIssue({ code: 'custom', path: ['url'], message: 'type 1 needs a url' })
  }
  if (target.type === 2 && target.appid === undefined) {
    context.addIssue({ code: 'custom', path: ['appid'], message: 'type 2 needs an appid' })
  }
}

export const oneOf = (...values: [number, ...number[]]) => z.literal(values)

export const title = z.strictObject({ title: shown, desc: z.string().optional() })
export const looseTitle = z.strictObject({ title: z.string().optional(), desc: z.string().optional() })

export const source = z.strictObject({
  icon_url: url.optional(),
  desc: z.string().optional(),
  desc_color: oneOf(0, 1, 2, 3).optional(),
})

export const actionMenu = z.strictObject({
  desc: shown,
  action_list: z
    .array(z.strictObject({ text: shown, key }))
    .min(1)
    .max(3)
    .refine(...unique<{ key: string }>((action) => action.key)),
})

export const quoteArea = z
  .strictObject({
    type: oneOf(0, 1, 2).optional(),
    url: url.optional(),
    appid: shown.optional(),
    pagepath: z.string().optional(),
    title: z.string().optional(),
    quote_text: z.string().optional(),
  })
  .superRefine(linkIsWhole)

export const horizontal = (channel: CardChannel) =>
  z
    .array(
      z
        .strictObject({
          type: (channel === 'robot' ? oneOf(0, 1, 3) : oneOf(0, 1, 2, 3)).optional(),
          keyname: shown,
          value: z.string().optional(),
          url: url.optional(),
          media_id: shown.optional(),
          userid: shown.optional(),
        })
        .superRefine((row, context) => {
          const needed = ([undefined, 'url', 'media_id', 'userid'] as const)[row.type ?? 0]
          if (needed !== undefined && row[needed] === undefined) {
            context.addIssue({ code: 'custom', path: [needed], message: `type ${row.type} needs it` })
          }
        }),
    )
    .max(6)

export const jumps = (channel: CardChannel) =>
  z
    .array(
      z
        .strictObject({
          type: (channel === 'robot' ? oneOf(0, 1, 2, 3) : oneOf(0, 1, 2)).optional(),
          title: shown,
          url: url.optional(),
          appid: shown.optional(),
          pagepath: z.string().optional(),
          question: bytes(200).optional(),
        })
        .superRefine(linkIsWhole)
        .refine((jump) => jump.type !== 3 || jump.question !== undefined, {
          path: ['question'],
          error: 'type 3 needs a question',
        }),
    )
    .max(3)

const options = (max: number) =>
  z
    .array(z.strictObject({ id: bytes(128), text: shown, is_checked: z.boolean().optional() }))
    .min(1)
    .max(max)
    .refine(...unique<{ id: string }>((option) => option.id))

export const selection = z.strictObject({
  question_key: key,
  title: z.string().optional(),
  disable: z.boolean().optional(),
  selected_id: z.string().optional(),
  option_list: options(10),
})

export const checkbox = z.strictObject({
  question_key: key,
  disable: z.boolean().optional(),
  mode: oneOf(0, 1).optional(),
  option_list: options(20),
})

export const button = (channel: CardChannel) =>
  channel === 'app'
    ? z
        .strictObject({
          text: shown,
          style: z.number().optional(),
          key: key.optional(),
          type: oneOf(0, 1).optional(),
          url: url.optional(),
        })
        .superRefine((it, context) => {
          const needed = it.type === 1 ? 'url' : 'key'
          if (it[needed] === undefined) {
            context.addIssue({ code: 'custom', path: [needed], message: `type ${it.type ?? 0} needs it` })
          }
        })
    : z.strictObject({ text: shown, style: z.number().optional(), key })

export const submitButton = z.strictObject({ text: shown, key })
