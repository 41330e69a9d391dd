import type { Column, Field, FormDefinition } from '../../forms/definition.ts'
import { cardOf, say, shownToOwner } from './asking.ts'
import { activeDraft, isSamePlace, walkDraft, withDraft, type Place } from './filling.ts'
import type { Draft, Pending, Placed } from '../session.ts'
import type { Talk } from '../talk.ts'
import { formFor, type Facts, type Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** What was heard but is not taken yet. */
export type Proposal = Extract<Pending, { type: 'confirm' | 'choose' | 'confirmSeveral' }>

type Asked = { owner: Field; field: Field | Column; value?: unknown }

/**
 * Shows what was heard and asks for a yes or a number: the same words again whenever it stands again. Undefined when
 * the form does not ask for any of it any more.
 */
export function propose(talk: Talk, draft: Draft, pending: Proposal, lead: string[]): Turn | undefined {
  const { facts } = talk
  const form = formFor(facts, draft)
  const about = placesOf(pending, draft).flatMap((place) => askedAt(form, place))
  const [first] = about
  if (!first) return undefined
  const words = wordsOf(pending, about, facts)
  const single = pending.type !== 'confirmSeveral'
  const text = single ? wording.join(headOf(form, draft, first), words) : words
  const [line] = words.split('\n') as [string]
  const buttons =
    pending.type === 'choose'
      ? optionTexts(pending, first, facts).map((text, index) => say(String(index + 1), text))
      : [say('对'), say('不对')]
  const card = cardOf(
    `${draft.id}@${facts.newId()}`,
    single ? `【${first.field.label}】` : line,
    single ? line : '',
    buttons,
  )
  return {
    session: { ...withDraft(talk.session, draft), pending, card: card.id },
    reply: { text: [...lead, text].filter(Boolean).join('\n\n'), ...(buttons.length <= 20 ? { card } : {}) },
    effects: [],
  }
}

/** The further facts join those that wait for their yes; of two for one place the newer counts. */
export function proposeSeveral(talk: Talk, draft: Draft, values: readonly Placed[]): Turn | undefined {
  const before = draft.heard.filter((old) => !values.some((value) => isSamePlace(old, value)))
  return propose(talk, { ...draft, heard: [...before, ...values] }, { type: 'confirmSeveral' }, [])
}

const placesOf = (pending: Proposal, draft: Draft): (Place & { value?: unknown })[] =>
  pending.type === 'confirmSeveral' ? draft.heard : [pending]

function wordsOf(pending: Proposal, about: Asked[], facts: Facts): string {
  const [first] = about as [Asked]
  switch (pending.type) {
    case 'confirm':
      return wording.doubtful(pending.because ?? '', shownToOwner(first.field, pending.value, facts, 'whole'))
    case 'choose':
      return wording.join(
        pending.ask ?? wording.pickNumber,
        ...optionTexts(pending, first, facts).map((text, index) => `${index + 1}. ${text}`),
      )
    case 'confirmSeveral':
      return wording.several(
        about.map(({ field, value }) => `${field.label}：${shownToOwner(field, value, facts)}`),
      )
  }
}

/** Two phones that end alike could not be told apart behind their masks. */
const optionTexts = (
  { options }: Extract<Proposal, { type: 'choose' }>,
  { field }: Asked,
  facts: Facts,
): string[] =>
  options.map(({ text, value }) => (field.sensitive ? shownToOwner(field, value, facts, 'whole') : text))

function askedAt(form: FormDefinition, place: Place & { value?: unknown }): Asked[] {
  const owner = form.fields.find(({ id }) => id === place.field)
  const field = place.column === undefined ? owner : owner?.columns.find(({ id }) => id === place.column)
  return owner && field ? [{ owner, field, value: place.value }] : []
}

/** Label and progress, so that the person sees where it belongs. */
function headOf(form: FormDefinition, draft: Draft, { owner, field }: Asked): string {
  const { fields } = walkDraft(form, draft)
  const sitting = form.sittings.findIndex(({ id }) => id === owner.sitting) + 1
  return wording.place(fields.indexOf(owner) + 1, fields.length, sitting, form.sittings.length, field.label)
}

/** Whether what the bot waits for is about a person: then nothing is settled in a group. */
export function isPersonal(pending: Pending, { facts, session }: Talk): boolean {
  const heard = pending.type === 'confirmSeveral' ? activeDraft(session)?.heard : undefined
  const places = heard ?? ('field' in pending ? [pending] : [])
  const fields = facts.pack.forms.flatMap((form) => form.fields)
  return places.some((place) => fields.some(({ id, personal }) => id === place.field && personal))
}
