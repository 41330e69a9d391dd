import { groupOf, personOf, type Platform } from './platform.ts'
import type { Attachment, Body } from './world.ts'

/** The robot's callbacks in the words of the protocol (path 100719, 101027), before encryption. */

export type RobotWhere = 'robot' | { group: string }

export type Wire = Record<string, unknown>

const ROBOT_ID = 'aibSANDBOX0001'

/** Who speaks to which robot in which chat. */
export const chatOf = (platform: Platform, userId: string, where: RobotWhere): Wire => ({
  aibotid: ROBOT_ID,
  ...(where === 'robot'
    ? { chattype: 'single' }
    : { chattype: 'group', chatid: groupOf(platform, where.group).chatId }),
  from: { userid: personOf(platform, userId).userId },
})

export function contentOf(platform: Platform, body: Body): Wire {
  switch (body.type) {
    case 'text':
    case 'markdown':
      return { msgtype: 'text', text: { content: body.text } }
    case 'voice':
      return { msgtype: 'voice', voice: { content: body.text } }
    case 'file':
    case 'image':
      return { msgtype: body.type, [body.type]: offered(platform, body.attachment) }
    case 'mixed':
      return {
        msgtype: 'mixed',
        mixed: {
          msg_item: [
            { msgtype: 'text', text: { content: body.text } },
            ...body.pictures.map((picture) => ({ msgtype: 'image', image: offered(platform, picture) })),
          ],
        },
      }
    case 'card':
      return { msgtype: 'text', text: { content: body.view.card.main_title?.title ?? '' } }
  }
}

const offered = (platform: Platform, attachment: Attachment): Wire => ({
  url: `${platform.url()}/robot-media/${platform.media.offer(attachment)}?sign=sandbox`,
})

export function eventOf(platform: Platform, name: string, details: Wire, common: Wire): string {
  return JSON.stringify({
    msgid: platform.world.nextId('EV'),
    create_time: Math.floor(platform.clock.now().getTime() / 1000),
    ...common,
    msgtype: 'event',
    event: { eventtype: name, [name]: details },
  })
}

export const selectedItems = (selected: Record<string, string[]>): Wire => {
  const items = Object.entries(selected).map(([question, ids]) => ({
    question_key: question,
    option_ids: { option_id: ids },
  }))
  return items.length > 0 ? { selected_items: { selected_item: items } } : {}
}
