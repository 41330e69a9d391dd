import { isGrantItem, standingAt, textOf } from '../../filings/correcting.ts'
import type { Filing } from '../../filings/filing.ts'
import { answerText } from '../interview/answer-text.ts'
import type { Facts } from '../turn.ts'
import { words } from './words.ts'

/** The printed label of what was put right. */
export const correctedLabel = (item: string, { pack }: Pick<Facts, 'pack'>): string =>
  isGrantItem(item) ? words.grantItems[item] : (fieldOf(item, pack)?.label ?? item)

const fieldOf = (item: string, pack: Facts['pack']) =>
  pack.forms.flatMap(({ fields }) => fields).find(({ id }) => id === item)

/** What is told of the correction that was made last: the label and, unless it is a list, what it says now, masked. */
export function correctedLines(filing: Filing, facts: Facts): string[] {
  const event = filing.events.at(-1)
  if (event?.type !== 'corrected') return []
  const { item } = event
  const now = standingAt(filing, item)
  const label = correctedLabel(item, facts)
  const field = fieldOf(item, facts.pack)
  if (!now || (field && field.columns.length > 0)) return [label]
  return [words.correctedTo(label, field ? answerText(field, { [item]: now }, facts) : textOf(now))]
}
