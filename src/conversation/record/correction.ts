import { answersBefore, organizationIdOf, PAPERS, statusOf, type Filing } from '../../filings/filing.ts'
import { advance } from '../interview/advance.ts'
import { withDraft } from '../interview/filling.ts'
import { blankDraft, type Draft } from '../session.ts'
import { withoutPending, type Talk } from '../talk.ts'
import { formFor, formOf, type Facts, type Turn } from '../turn.ts'
import { caseWords } from './case-words.ts'

/** A form not begun yet. */
export function newDraft(formId: string, facts: Facts): Draft {
  const form = formOf(facts, formId)
  return blankDraft({
    id: facts.newId(),
    form: form.id,
    version: form.version,
    startedAt: facts.now.toISOString(),
  })
}

/** Cases that came back and are not being corrected yet. */
export const toCorrect = ({ facts, session }: Talk): Filing[] =>
  facts.filings.filter(
    (filing) =>
      statusOf(filing) === 'returned' && !session.drafts.some(({ correcting }) => correcting === filing.id),
  )

/** Takes up a case that was returned: asks for what was named and nothing else. Undefined when it names nothing. */
export function correct(talk: Talk, filing: Filing): Turn | undefined {
  const returned = filing.events.findLast((event) => event.type === 'returned')
  if (returned?.type !== 'returned') return undefined
  const draft = draftOf(filing, returned.items, talk.facts)
  const open = withoutPending(talk)
  const lead = [caseWords.returned(filing.organizationName, returned.reason, draft.redo.length > 0)]
  return advance({ ...open, session: withDraft(open.session, draft) }, draft, lead, false)
}

function draftOf(filing: Filing, items: readonly string[], facts: Facts): Draft {
  const form = formFor(facts, filing)
  return {
    ...newDraft(form.id, facts),
    answers: filing.answers,
    rested: form.sittings.map(({ id }) => id),
    correcting: filing.id,
    // A change is compared with the record again when it goes back.
    ...(filing.kind === 'change'
      ? { record: { organization: organizationIdOf(filing), answers: answersBefore(filing) } }
      : {}),
    redo: items.filter((item) => item !== PAPERS && form.fields.some(({ id }) => id === item)),
  }
}
