import { randomUUID } from 'node:crypto'
import type { Bot } from '../../src/bot.ts'
import type { Clock } from '../../src/clock.ts'
import { staffOf } from '../../src/directory/staff.ts'
import { trialDirectory } from '../../src/directory/trial.ts'
import { fieldTypes } from '../../src/filings/field-types.ts'
import { keepKnowledge } from '../../src/knowledge/keeper.ts'
import { createLogger } from '../../src/log.ts'
import type { InboundMessage } from '../../src/messages.ts'
import { receive } from '../../src/receive.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { Store } from '../../src/store/store.ts'
import { GroupRobots } from '../../src/wecom/groups.ts'
import { contentsOf } from './contents.ts'

/** What is read once and shared by all bots. */
export async function loadParts() {
  const contents = await contentsOf('templates/liubei')
  return { ...contents, types: fieldTypes(contents.pack) }
}

/** The bot without doors: what `receive` is handed, over any store. */
export function botOver(store: Store, parts: Awaited<ReturnType<typeof loadParts>>, clock: Clock): Bot {
  const { pack, types, templates, charter, knowledge } = parts
  const keeper = keepKnowledge(knowledge)
  const { staff } = staffOf(trialDirectory, pack.jurisdiction, [])
  return {
    store,
    directory: { current: () => staff, look: async () => {} },
    pack,
    types,
    templates,
    charter,
    clock,
    log: createLogger('silent'),
    metrics: createMetrics(() => store.counts()),
    newId: randomUUID,
    tell: (question, today, previous) => keeper.answer(question, { today, ...(previous && { previous }) }),
    knowledge: keeper,
    linkTo: (document) =>
      `http://files.test/${document.of}/${document.id}/${document.paper}.${document.format}`,
    client: undefined,
    groups: new GroupRobots({ apiBase: 'http://127.0.0.1:1', clock }),
    apiBase: 'http://127.0.0.1:1',
    robotAesKeys: [],
    wake: () => {},
  }
}

export const textMessage = (from: string, id: string, text: string): InboundMessage => ({
  id: `robot:${id}:${from}`,
  channel: 'robot',
  from,
  chat: { type: 'single' },
  content: { type: 'text', text },
})

/** Talks to a bot without doors. */
export function talkingTo(bot: () => Bot) {
  let count = 0
  async function says(from: string, text: string): Promise<string> {
    const stored = await receive(textMessage(from, `m${++count}`, text), bot())
    return stored?.reply.text ?? ''
  }
  return {
    says,
    /** Everything a list says, page after page. */
    async allPages(from: string, text: string): Promise<string> {
      let heard = await says(from, text)
      let all = heard
      while (heard.includes('“下一页”')) all += `\n${(heard = await says(from, '下一页'))}`
      return all
    },
  }
}
