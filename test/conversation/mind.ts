import { isDeepStrictEqual } from 'node:util'
import { composeName } from '../../src/filings/names.ts'
import { placeByCode } from '../../src/filings/places.ts'
import type { Answer, Rows } from '../../src/forms/answers.ts'
import type { Field, FormDefinition } from '../../src/forms/definition.ts'
import { walk } from '../../src/forms/walk.ts'
import { currentQuestion, type Place } from '../../src/conversation/interview/filling.ts'
import type { Draft } from '../../src/conversation/session.ts'
import type { Chat } from './chat.ts'
import { withCheckDigit } from '../support/id-number.ts'
import type { Chance } from './random.ts'
import type { Fact, Row, Truth } from './truth.ts'

/** What a sensible leader says next, and the field whose answer that may change. */
export type Words = { text: string; about?: string }

export const formOf = (chat: Chat): FormDefinition => chat.town.pack.forms.find(({ id }) => id === 'initial')!

/** The draft being filled, if one is. */
export const activeDraft = (chat: Chat): Draft | undefined =>
  chat.session.drafts.find(({ id }) => id === chat.session.active)

export const fieldsOf = (chat: Chat, draft: Pick<Draft, 'answers' | 'postponed'>): Field[] =>
  walk(formOf(chat), draft.answers, draft.postponed).fields

/** What the draft must hold for this fact; a name is composed with its place. */
export function wanted(chat: Chat, truth: Truth, id: string): unknown {
  const value = truth.fields[id]?.value
  if (id !== 'organizationName') return value
  const { jurisdiction } = chat.town.pack
  const { code } = truth.fields['activityArea']!.value as { code: string }
  const rest = String(value)
  return { full: composeName(placeByCode(code, jurisdiction)!, rest, jurisdiction), rest }
}

const valueOf = (answer: Answer | undefined): unknown =>
  answer && 'value' in answer ? answer.value : undefined

/** Whether an answer is what the leader knows; rows in any order. */
export function isTrue(chat: Chat, truth: Truth, id: string, answer: Answer | undefined): boolean {
  const value = valueOf(answer)
  if (truth.fields[id]) return isDeepStrictEqual(value, wanted(chat, truth, id))
  const { rows, done } = (value as Rows | undefined) ?? { rows: [], done: false }
  return done && rows.length === rowsWanted(truth, id).length && wrongRow(truth, id, rows) === undefined
}

const rowsWanted = (truth: Truth, id: string): Record<string, unknown>[] =>
  id === 'roster' ? truth.people.map(({ row }) => row) : (truth.rows[id] ?? []).map(rowValue)

const rowValue = (row: Row): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row.cells).map(([column, { value }]) => [column, value]))

const fits = (row: Record<string, unknown>, wanted: Record<string, unknown>): boolean =>
  Object.entries(row).every(([column, value]) => isDeepStrictEqual(value, wanted[column]))

/** The first row that is not one of hers, or is there a second time. */
function wrongRow(truth: Truth, id: string, rows: Record<string, unknown>[]): number | undefined {
  const all = rowsWanted(truth, id)
  const at = rows.findIndex(
    (row, index) =>
      !all.some((wanted) => fits(row, wanted)) ||
      rows.slice(0, index).some((other) => isDeepStrictEqual(row, other)),
  )
  return at < 0 ? undefined : at
}

/** Says what leads on from here: answers what is asked, confirms what is right, mends what is wrong, hands in. */
export function nextWords(chat: Chat, truth: Truth, chance: Chance): Words {
  const { session } = chat
  const draft = activeDraft(chat)
  const { pending } = session
  if (pending?.type === 'consent') return { text: '同意' }
  if (!draft) return { text: session.drafts.length > 0 ? '继续' : '开始备案' }
  const about = (place: Place) => ({ about: place.field })
  switch (pending?.type) {
    case 'complaint':
    case 'report':
    case 'claim':
      return { text: '取消' }
    case 'revoke':
    case 'cancel':
    case 'withdraw':
      return { text: '2' }
    case 'confirm':
      return {
        text: isHers(chat, truth, draft, pending) ? chance.pick(['对', '1', '是的']) : '不对',
        ...about(pending),
      }
    case 'confirmSeveral':
      return { text: draft.heard.every((value) => isHers(chat, truth, draft, value)) ? '对' : '不对' }
    case 'choose': {
      const at = pending.options.findIndex(({ value }) => isHers(chat, truth, draft, { ...pending, value }))
      if (at >= 0) return { text: String(at + 1), ...about(pending) }
      return answerTo(chat, truth, draft, chance)
    }
    case 'case':
    case 'correction':
    case 'list':
    case 'charterCheck':
    case 'purge':
    case 'menu':
    case 'rest':
      return { text: '继续' }
    case 'readBack':
      return leaf(chat, truth, draft, pending.page)
    case undefined:
      return answerTo(chat, truth, draft, chance)
  }
}

function isHers(
  chat: Chat,
  truth: Truth,
  draft: Draft,
  { field, row, column, value }: Place & { value: unknown },
): boolean {
  if (row === undefined) return isDeepStrictEqual(value, wanted(chat, truth, field))
  const present = (valueOf(draft.answers[field]) as Rows | undefined)?.rows[row] ?? {}
  return rowsWanted(truth, field).some((wanted) => fits({ ...present, [column ?? '']: value }, wanted))
}

/** At the read-back: what is wrong is mended first. */
function leaf(chat: Chat, truth: Truth, draft: Draft, page: number): Words {
  const fields = fieldsOf(chat, draft)
  const wrong = fields.findIndex((field) => !isTrue(chat, truth, field.id, draft.answers[field.id]))
  if (wrong >= 0) return { text: `改第${wrong + 1}项` }
  if (page < Math.ceil(fields.length / 8) - 1 && !draft.readBackSeen) return { text: '下一页' }
  return { text: draft.helper && !draft.leaderConfirmed ? '负责人已确认' : '确认提交' }
}

function answerTo(chat: Chat, truth: Truth, draft: Draft, chance: Chance): Words {
  const question = currentQuestion(formOf(chat), draft)
  if (!question) return { text: '继续' }
  const { field, row, column } = question
  const about = { about: field.id }
  if (field.type === 'rows' || field.type === 'roster') {
    const present = (valueOf(draft.answers[field.id]) as Rows | undefined)?.rows ?? []
    // She told somebody twice.
    if (row !== undefined && chat.heard.includes('填的一样')) return { text: `删第${row + 1}个`, ...about }
    if (column && row !== undefined)
      return { text: cellWords(truth, field.id, present[row] ?? {}, column.id, chance), ...about }
    const wrong = wrongRow(truth, field.id, present)
    if (wrong !== undefined) return { text: `删第${wrong + 1}个`, ...about }
    return { text: rowWords(truth, field.id, present, chance), ...about }
  }
  const answer = draft.answers[field.id]
  if (draft.reopened && isTrue(chat, truth, field.id, answer)) return { text: '继续' }
  return { text: factWords(field.id, truth.fields[field.id]!, answer, chance), ...about }
}

function factWords(id: string, { value, ways }: Fact, answer: Answer | undefined, chance: Chance): string {
  if (id === 'venue' && answer && 'value' in answer && answer.partial) {
    const { area, address } = value as { area: number; address: string }
    return 'area' in (answer.value as object) ? address : `${area}平方米`
  }
  return chance.pick(ways)
}

function cellWords(
  truth: Truth,
  id: string,
  present: Record<string, unknown>,
  column: string,
  chance: Chance,
): string {
  const rest = Object.fromEntries(Object.entries(present).filter(([other]) => other !== column))
  const rows = truth.rows[id] ?? []
  const mine = rows.find((row) => fits(rest, rowValue(row))) ?? anyRow[id]!
  return chance.pick(mine.cells[column]!.ways)
}

function rowWords(truth: Truth, id: string, present: Record<string, unknown>[], chance: Chance): string {
  if (id === 'roster') {
    const lines = truth.people.filter(({ row }) => !present.some((other) => isDeepStrictEqual(other, row)))
    if (lines.length === 0) return chance.pick(['没有了', '没了', '就这些', '报完了', '没有了。'])
    const said = chance.happens(0.5) ? lines.slice(0, 1) : lines
    return said.map(({ line }, at) => (said.length > 1 ? `${at + 1}. ${line}` : line)).join('\n')
  }
  const row = truth.rows[id]!.find((row) => !present.some((other) => fits(other, rowValue(row))))
  if (!row) return chance.pick(['没有了', '没了', '没有', '就这些', '没有了。'])
  return chance.happens(0.5) ? chance.pick(row.whole) : chance.pick(Object.values(row.cells)[0]!.ways)
}

/** What she says to finish a row that is not hers, before she deletes it. */
const anyRow: Record<string, Row> = {
  principalCareer: {
    cells: { period: { value: '', ways: ['1980年1月至1981年1月'] }, post: { value: '', ways: ['在家'] } },
    whole: [],
  },
  officers: {
    cells: {
      name: { value: '', ways: ['黄玉莲'] },
      position: { value: '', ways: ['队员'] },
      political: { value: '', ways: ['群众'] },
      idNumber: { value: '', ways: [withCheckDigit('45020519020202002')] },
      employer: { value: '', ways: ['无'] },
    },
    whole: [],
  },
}
