import type { InboundMessage } from '../messages.ts'
import { Minutes } from './limit.ts'

/** Nobody types two messages a second. */
const MOST_A_MINUTE = 120
/** A file costs a download and a reading. */
const FILE_WEIGHT = 10

/** Said once a minute at most. */
export const TOO_FAST = '您发得太快了，我跟不上。\n这一条没有记下来，请等一分钟再发。'

type Fate = 'taken' | 'told' | 'passed'

/**
 * Keeps one person, or a program that runs wild in a person's name, from taking everybody's time: a message is
 * taken, answered with a request to wait, or passed over. Delivered again within the minute it has the same fate,
 * so nothing that was taken is refused afterwards.
 */
export function createPace(clock: { now(): Date }): (message: InboundMessage) => Fate {
  const minutes = new Minutes(clock, () => ({ weight: 0, told: false, fates: new Map<string, Fate>() }))

  return ({ id, from, content }) => {
    // WeCom's own question how far an answer is.
    if (content.type === 'refresh') return 'taken'
    const minute = minutes.of(from)
    const known = minute.fates.get(id)
    if (known) return known
    minute.weight += content.type === 'file' ? FILE_WEIGHT : 1
    const fate = minute.weight <= MOST_A_MINUTE ? 'taken' : minute.told ? 'passed' : 'told'
    minute.told ||= fate === 'told'
    // What was passed over need not be remembered: it is so again.
    if (fate !== 'passed') minute.fates.set(id, fate)
    return fate
  }
}
