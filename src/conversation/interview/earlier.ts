import { withoutFillers } from '../../forms/fillers.ts'
import type { Field, FormDefinition } from '../../forms/definition.ts'
import { looksLikeQuestion } from '../../forms/question-words.ts'
import { bare } from '../../forms/said.ts'
import { known, walkDraft } from './filling.ts'
import type { Draft, Placed } from '../session.ts'
import type { Talk } from '../talk.ts'

/** Types whose values are known by their shape alone; a word such as 退休 may answer several questions. */
const SHAPED: readonly Field['type'][] = ['venue', 'place', 'organizationName', 'idNumber', 'phone']

/**
 * An answer to a question that was answered before: the whole message is such a value and not the one that stands.
 * Only proposed, never taken over what was said; undefined when it could mean two fields.
 */
export function earlierAnswer(
  talk: Talk,
  draft: Draft,
  form: FormDefinition,
  standing: Field,
): Placed | undefined {
  if (looksLikeQuestion(talk.text)) return undefined
  const said = withoutFillers(talk.text)
  const values = walkDraft(form, draft)
    .fields.filter((field) => field !== standing && SHAPED.includes(field.type) && field.id in draft.answers)
    .filter((field) => !talk.group || !field.personal)
    .flatMap((field): Placed[] => {
      const found = talk.facts.types[field.type].find?.(said, field, {
        today: talk.facts.today,
        answers: known(draft),
      })
      if (!found || bare(found.matched) !== bare(said)) return []
      const { reading } = found
      if (reading.type !== 'clear' && reading.type !== 'doubtful') return []
      return isStanding(reading.value, draft, field)
        ? []
        : [{ field: field.id, value: reading.value as never }]
    })
  return values.length === 1 ? values[0] : undefined
}

const isStanding = (value: unknown, { answers }: Draft, { id }: Field): boolean => {
  const answer = answers[id]
  return answer !== undefined && 'value' in answer && JSON.stringify(answer.value) === JSON.stringify(value)
}
