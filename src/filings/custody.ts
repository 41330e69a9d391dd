import type { UserId } from '../messages.ts'
import type { Copy, Step } from './event.ts'
import { copiesOf, type Filing } from './filing.ts'

/** Where one of the copies on paper is (附件1填表说明5: one each for authority, committee and organization). */
export type CopyState = {
  copy: Copy
  /** Whose seals are recorded, by whom and when. */
  seals: { by: UserId; as: Step; at: string }[]
  /** With whoever keeps it, or still on its way through the offices. */
  handedOut?: { by: UserId; at: string }
}

export const custodyOf = ({ events, place }: Pick<Filing, 'events' | 'place'>): CopyState[] =>
  copiesOf(place).map((copy) => {
    const seals = events.flatMap((event) =>
      event.type === 'sealed' && event.copies.includes(copy)
        ? [{ by: event.by, as: event.as, at: event.at }]
        : [],
    )
    const given = events.find((event) => event.type === 'distributed' && event.copies.includes(copy))
    return { copy, seals, ...(given ? { handedOut: { by: given.by, at: given.at } } : {}) }
  })

/** Copies the authority has not sealed yet. */
export const unsealed = (filing: Pick<Filing, 'events' | 'place'>): Copy[] =>
  custodyOf(filing).flatMap(({ copy, seals }) => (seals.some(({ as }) => as === 'street') ? [] : [copy]))

/** Copies that have not reached whoever keeps them. */
export const notHandedOut = (filing: Pick<Filing, 'events' | 'place'>): Copy[] =>
  custodyOf(filing).flatMap(({ copy, handedOut }) => (handedOut ? [] : [copy]))

export const copyInWords: Record<Copy, string> = {
  authority: '备案机关留存的一份',
  committee: '居（村）委会留存的一份',
  organization: '组织自存的一份',
}
