import type { Day } from '../clock.ts'
import { STATES } from '../conversation/office/checklist-words.ts'
import { words as reminderWords } from '../conversation/reminding/reminder-words.ts'
import type { Session } from '../conversation/session.ts'
import { isStaff, rolesOf, staffName } from '../directory/scope.ts'
import { roleInWords } from '../directory/roles.ts'
import type { Staff } from '../directory/staff.ts'
import type { Filing } from '../filings/filing.ts'
import { organizationsIn } from '../filings/ledger.ts'
import { authorityOf } from '../filings/place-code.ts'
import { QuestionStatus } from '../knowledge/questions.ts'
import type { UserId } from '../messages.ts'
import type { Pack } from '../pack.ts'
import { monthBefore, monthOf } from '../reminders/days.ts'
import type { Matter, MatterEvent } from '../reminders/matter.ts'
import { ACCESS_LOG } from '../store/access-chain.ts'
import type { Transaction } from '../store/store.ts'

// What is held about a person beside the forms: of which unit they are, what was asked, said and reminded.

export type HeldRow = [about: string, item: string, says: string, at: string]

/** Most of each kind; more than anybody has. */
const MOST = 5000
const MOST_MONTHS = 60

/** What the directory says of a member of staff. */
export const rolesHeld = (person: UserId, staff: Staff): HeldRow[] =>
  rolesOf(staff, person).map(({ role, place, name, phone }) => {
    const where = place === undefined ? '全区' : (staff.places.get(place)?.name ?? place)
    return ['人员名单', roleInWords[role], [name, where, phone].filter(Boolean).join('，'), '']
  })

/** What was begun in the conversation and belongs to no form. */
export function talkHeld({ pending, human, wrongClaims }: Session, staff: Staff): HeldRow[] {
  const rows: HeldRow[] = []
  if (pending?.type === 'complaint' && pending.text !== undefined)
    rows.push(['没说完的投诉建议', '', pending.text, ''])
  if (pending?.type === 'report')
    rows.push([`没报完的${pending.period}月报`, '', Object.values(pending.said).join('；'), ''])
  if (human)
    rows.push(['人工', '请人联系您', human.to.map((to) => staffName(staff, to)).join('、'), human.at])
  if (wrongClaims) rows.push(['认领', '姓名没对上', `${wrongClaims.count}次`, wrongClaims.day])
  return rows
}

/** What they were reminded of, said to it and handed in: monthly reports, inspections, the list of responsibilities. */
export async function mattersHeld(
  person: UserId,
  own: readonly Matter[],
  tx: Transaction,
  pack: Pack,
  staff: Staff,
): Promise<HeldRow[]> {
  const reminded = await tx.listMatters({ to: person, limit: MOST })
  // Staff note and inspect without being reminded.
  const all = isStaff(staff, person) ? await tx.listMatters({ limit: MOST }) : []
  const matters = new Map([...own, ...reminded, ...all].map((matter) => [matter.id, matter]))
  return [...matters.values()].flatMap(({ duty, period, events }): HeldRow[] => {
    const title = pack.duties.duties.find(({ id }) => id === duty)?.title ?? '提醒的事'
    return events
      .filter((event) => ('by' in event ? event.by : event.to) === person)
      .map((event): HeldRow => [`${period} ${title}`, ...matterWords(event), event.at])
  })
}

function matterWords(event: MatterEvent): [item: string, says: string] {
  switch (event.type) {
    case 'reminded':
      return ['提醒', '提醒了您']
    case 'told':
      return ['提醒', '告诉了您']
    case 'answered':
      return ['您回复提醒', reminderWords.buttons[event.answer]]
    case 'reported': {
      const said = Object.values(event.said ?? {}).join('；')
      const count = event.activities === undefined ? '' : `活动${event.activities}场`
      return ['您报送的', [count, said || (event.nothing ? '无变化' : '')].filter(Boolean).join('；')]
    }
    case 'pictured':
      return ['您报送的', `照片${event.count}张`]
    case 'noted':
      return [
        '您记的',
        [STATES[event.state], ...(event.counts ?? []), event.evidence].filter(Boolean).join('，'),
      ]
  }
}

/** What they asked that the document does not answer, and how they answered such questions. */
export async function questionsHeld(person: UserId, tx: Transaction): Promise<HeldRow[]> {
  const questions = await tx.listQuestions(QuestionStatus.options, MOST)
  return questions.flatMap(({ question, askers, lastAt, events }): HeldRow[] => [
    ...(askers.includes(person)
      ? [['待补充问题', '问过的人里有您', question, lastAt] satisfies HeldRow]
      : []),
    ...events.flatMap((event): HeldRow[] =>
      event.type === 'answered' && event.by === person
        ? [['待补充问题', `您的答复：${question}`, event.text, event.at]]
        : [],
    ),
  ])
}

/** Where they looked at somebody's personal data themselves. */
export async function looksHeld(person: UserId, tx: Transaction, staff: Staff): Promise<HeldRow[]> {
  if (!isStaff(staff, person)) return []
  const looks = (await tx.listAccess({ limit: MOST })).filter(({ by }) => by === person)
  return Promise.all(
    looks.map(async ({ filingId, reason, at }): Promise<HeldRow> => {
      const filing = filingId === ACCESS_LOG ? undefined : await tx.findFiling(filingId)
      return ['您看过的材料', filing?.caseNumber ?? '', reason, at]
    }),
  )
}

/** The ledgers that were handed in with their organizations in them. */
export async function ledgersHeld(
  filings: readonly Filing[],
  today: Day,
  tx: Transaction,
): Promise<HeldRow[]> {
  const rows: HeldRow[] = []
  for (const { id, filedOn, place, versions } of organizationsIn(filings, today)) {
    const authorities = new Set([place, ...versions.map(({ filing }) => filing.place)].map(authorityOf))
    let month = monthOf(today)
    for (let back = 0; back < MOST_MONTHS && month >= monthOf(filedOn); back++, month = monthBefore(month)) {
      for (const authority of authorities) {
        const ledger = await tx.findLedger(authority, month)
        const row = ledger?.rows.find((one) => one.id === id)
        if (ledger && row)
          rows.push(['报送区民政局的台账', `${month} ${ledger.name}`, row.cells.join('，'), ledger.closed.at])
      }
    }
  }
  return rows
}
