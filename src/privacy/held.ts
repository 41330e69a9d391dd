import { dayOf, timeOf, type Day } from '../clock.ts'
import { rowsOf } from '../conversation/interview/asking.ts'
import { MONTHLY_REPORT } from '../reminders/report-forms.ts'
import { correctedLabel } from '../conversation/reviewing/corrected.ts'
import { isGrantItem, textOf } from '../filings/correcting.ts'
import type { Table } from '../documents/make-table.ts'
import { organizationIdOf, type Filing } from '../filings/filing.ts'
import type { Answers } from '../forms/answers.ts'
import type { Column, Field, FormDefinition } from '../forms/definition.ts'
import type { FieldTypes } from '../forms/field-type.ts'
import type { UserId } from '../messages.ts'
import { isStaff, staffName } from '../directory/scope.ts'
import type { Staff } from '../directory/staff.ts'
import type { Pack } from '../pack.ts'
import { monthBefore, monthOf } from '../reminders/days.ts'
import { matterId, type Matter } from '../reminders/matter.ts'
import type { Transaction } from '../store/store.ts'
import {
  ledgersHeld,
  looksHeld,
  mattersHeld,
  questionsHeld,
  rolesHeld,
  talkHeld,
  type HeldRow,
} from './held-elsewhere.ts'

const MOST_COMPLAINTS = 1000
const MOST_LOOKS = 200

const eventWords: Record<Filing['events'][number]['type'], string> = {
  submitted: '提交',
  endorsed: '社区同意',
  returned: '退回',
  resubmitted: '重新提交',
  approved: '同意备案',
  sealed: '盖章',
  distributed: '分发',
  declined: '不予备案',
  withdrawn: '撤回',
  closed: '组织注销，不再办',
  corrected: '更正',
  imported: '从旧台账收进来',
}

/** A day, or nothing, is told as it is. */
const inWords = (at: string): string => (at.length > 10 ? time(at) : at)

const time = (at: string): string => `${dayOf(new Date(at))} ${timeOf(new Date(at))}`

/** Everything that is held about a person, unmasked, for nobody but them (practice.md 6.3 d). */
export async function heldAbout(
  person: UserId,
  tx: Transaction,
  { pack, types, today, staff }: { pack: Pack; types: FieldTypes; today: Day; staff: Staff },
): Promise<Table> {
  const nameOf = (userId: UserId): string => staffName(staff, userId)
  const session = await tx.getSession(person)
  const filings = await tx.listFilingsOf(person)
  const complaints = (await tx.listComplaints(MOST_COMPLAINTS)).filter(({ by }) => by === person)
  const rows: HeldRow[] = session.consents.map(({ version, agreed, at }) => [
    '个人信息的同意',
    `告知书${version}`,
    agreed ? '同意' : '不同意',
    time(at),
  ])
  const answered = (about: string, formId: string, answers: Answers) =>
    rows.push(...answerRows(about, pack.forms, formId, answers, types))
  for (const draft of session.drafts) answered('没交的表', draft.form, draft.answers)
  for (const charter of session.charters) answered('章程', 'charter', charter.answers)
  for (const filing of filings) {
    const about = `${filing.organizationName}（${filing.caseNumber}）`
    answered(about, filing.form.id, filing.answers)
    for (const event of filing.events) {
      const reason = 'reason' in event ? `：${event.reason}` : ''
      rows.push([about, eventWords[event.type], `${nameOf(event.by)}${reason}`, time(event.at)])
      if (event.type === 'corrected' && event.before) {
        if (isGrantItem(event.item))
          rows.push([`${about}更正前`, correctedLabel(event.item, { pack }), textOf(event.before), ''])
        else answered(`${about}更正前`, filing.form.id, { [event.item]: event.before })
      }
      if (event.type === 'resubmitted') answered(`${about}改正前`, filing.form.id, event.before ?? {})
    }
    for (const look of await tx.listAccess({ filingId: filing.id, limit: MOST_LOOKS }))
      rows.push([about, '查阅记录', `${nameOf(look.by)}：${look.reason}`, time(look.at)])
  }
  for (const { number, text, at, answers } of complaints) {
    rows.push(['投诉建议', number, text, time(at)])
    for (const answer of answers) rows.push(['投诉建议', `${number}的答复`, answer.text, time(answer.at)])
  }
  const elsewhere = [
    ...rolesHeld(person, staff),
    ...talkHeld(session, staff),
    ...(await mattersHeld(person, await reportsOf(filings, today, tx), tx, pack, staff)),
    ...(await questionsHeld(person, tx)),
    ...(await ledgersHeld(filings, today, tx)),
    ...(await looksHeld(person, tx, staff)),
  ]
  rows.push(...elsewhere.map(([about, item, says, at]): HeldRow => [about, item, says, inWords(at)]))
  return {
    sheet: '我的数据',
    title: '备案助手里关于您的全部内容',
    notes: [
      `企业微信账号：${person}`,
      '来往的消息不在里面：答复存两小时，发出的存三十天，到时候自动删掉。',
      '别人的名册里写着您的，机器人认不出是您，请找那个组织的负责人。',
      ...(isStaff(staff, person) ? ['您作为工作人员办的审核，在各件档案里。'] : []),
    ],
    columns: [
      { title: '哪里', width: 30 },
      { title: '项目', width: 24 },
      { title: '内容', width: 60 },
      { title: '时间', width: 18 },
    ],
    rows,
  }
}

const MOST_MONTHS = 36

/** The monthly reports of the organizations these filings are of, the latest first. */
async function reportsOf(filings: readonly Filing[], today: Day, tx: Transaction): Promise<Matter[]> {
  const found: Matter[] = []
  let month = monthOf(today)
  for (let back = 0; back < MOST_MONTHS; back++, month = monthBefore(month)) {
    for (const id of new Set(filings.map(organizationIdOf))) {
      const matter = await tx.findMatter(matterId(MONTHLY_REPORT, month, id))
      if (matter) found.push(matter)
    }
  }
  return found
}

/** Answers under their printed labels, whole. */
function answerRows(
  about: string,
  forms: readonly FormDefinition[],
  formId: string,
  answers: Answers,
  types: FieldTypes,
): HeldRow[] {
  // A change keeps answers of the record's own form under its own.
  const own = forms.filter(({ id }) => id === formId)
  const fields = [...own, ...forms].flatMap((form) => form.fields)
  return Object.entries(answers).map(([id, answer]): HeldRow => {
    const field = fields.find((one) => one.id === id)
    if (!('value' in answer)) return [about, field?.label ?? id, '（空）', time(answer.at)]
    if (!field) return [about, id, JSON.stringify(answer.value), time(answer.at)]
    const says =
      field.columns.length > 0 ? rowsInWords(answers, field, types) : whole(answer.value, field, types)
    return [about, field.label, says, time(answer.at)]
  })
}

/** As on paper, unmasked; what is printed in parts as it is shown. */
function whole(value: unknown, field: Field | Column, types: FieldTypes): string {
  const type = types[field.type]
  const parsed = type.Value.safeParse(value)
  if (!parsed.success) return typeof value === 'string' ? value : JSON.stringify(value)
  return type.print(parsed.data, field)[''] ?? type.show(parsed.data, field)
}

/** Lists of people and posts, a line each. */
function rowsInWords(answers: Answers, field: Field, types: FieldTypes): string {
  return rowsOf(answers, field)
    .rows.map((row) =>
      field.columns
        .filter(({ id }) => row[id] !== undefined && row[id] !== null)
        .map((column) => whole(row[column.id], column, types))
        .join('，'),
    )
    .join('\n')
}
