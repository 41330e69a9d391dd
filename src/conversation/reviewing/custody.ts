import { dayOf, inChinese } from '../../clock.ts'
import { staffName } from '../../directory/scope.ts'
import { copyInWords, custodyOf, type CopyState } from '../../filings/custody.ts'
import type { Copy } from '../../filings/event.ts'
import { AGREED, statusOf, type Filing } from '../../filings/filing.ts'
import type { Facts } from '../turn.ts'
import { words } from './words.ts'

/** Who holds which copy on paper, and whose seals are on it (附件1填表说明5); nothing before the first seal. */
export function custodyLines(filing: Filing, facts: Facts): string[] {
  const copies = custodyOf(filing)
  const isOnPaper = AGREED.includes(statusOf(filing)) && filing.events.some(({ type }) => type !== 'imported')
  if (filing.events.at(-1)?.type === 'closed') return [words.closed]
  return isOnPaper || copies.some(({ seals }) => seals.length > 0)
    ? [
        words.custody(copies.length),
        ...copies.map((copy) => words.copy(copyInWords[copy.copy], stateOf(copy, facts))),
      ]
    : []
}

function stateOf({ copy, seals, handedOut }: CopyState, { staff }: Facts): string {
  const who = ({ by, at }: { by: string; at: string }): string =>
    words.recorded(staffName(staff, by), inChinese(dayOf(new Date(at))))
  if (handedOut) return words.heldBy[copy] + who(handedOut)
  const sealed = seals.map((seal) => words.sealedBy(seal.as, who(seal)))
  const isSealed = seals.some(({ as }) => as === 'street')
  return [...sealed, isSealed ? words.notHandedOut : words.notSealed].join('，')
}

const NAMES: [Copy, RegExp][] = [
  ['authority', /备案机关|街道|镇|机关/],
  ['committee', /社区|居委|村委|村民|居民/],
  ['organization', /组织|队|团|协会|负责人|申请人|自存|自己|本人/],
]

/** The copies words name; all of them where none is named, none where the words mean something else. */
export function copiesIn(said: string): Copy[] | undefined {
  if (/^[\s,，。]*(?:了|好了|完了|完|都|全部?|三份|两份|齐了?|[。！!])*$/.test(said)) return undefined
  return NAMES.flatMap(([copy, pattern]) => (pattern.test(said) ? [copy] : []))
}
