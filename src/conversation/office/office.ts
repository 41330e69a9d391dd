import { dayOf, inChinese, timeOf } from '../../clock.ts'
import { mayAct } from '../../directory/may-act.ts'
import { isStaff, rolesOf, staffName } from '../../directory/scope.ts'
import type { Staff } from '../../directory/staff.ts'
import type { UserId } from '../../messages.ts'
import { isComplaintNumber } from '../../filings/complaint.ts'
import { findPlaces } from '../../filings/places.ts'
import { commandOf } from '../commands.ts'
import { answerComplaint, listComplaints } from '../service/complaints.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { serviceWords as words } from '../service/service-words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { listAhead } from './ahead.ts'
import { exportChecklist, listChecklist, openRow } from './checklist.ts'
import { officeCommandOf, type OfficeCommand } from './commands.ts'
import { listWords } from './list-words.ts'
import { listOwing, markDone } from './owing.ts'
import { agreePurge, mayPurge, showDue } from './purge.ts'
import { listSent } from './sent.ts'
import { showTargets } from './targets.ts'

/** What staff say that is about no case; undefined for everything else. */
export function hearOffice(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
  const listed = hearOfList(talk)
  if (listed) return listed
  const command = officeCommandOf(talk.text)
  if (!command || isOfQuestions(command, talk)) return undefined
  if (!isStaff(facts.staff, facts.person))
    return LEADERS_TOO.includes(command.type) ? undefined : turn(session, reviewWords.noRight)
  return talk.group ? turn(session, reviewWords.singleChat) : office(talk, command)
}

/** Words that mean something else when a leader says them. */
const LEADERS_TOO: OfficeCommand['type'][] = ['complaints', 'sent', 'checklist', 'targets']

/** What is said to the list shown last: another page, or a number of it. */
function hearOfList(talk: Talk): Turn | Need | undefined {
  const { pending } = talk.session
  if (pending?.type !== 'list' || talk.group) return undefined
  const { list, of, page } = pending
  const done = /^已完成\s*第?(\d{1,4})[条个项]?$/.exec(talk.text.normalize('NFKC').trim())
  if (done && list === 'owing') return markDone(talk, Number(done[1]))
  const command = commandOf(talk.text)
  const step = command?.type === 'nextPage' ? 1 : command?.type === 'previousPage' ? -1 : 0
  if (step === 0) return undefined
  switch (list) {
    case 'owing':
      return listOwing(talk, of, page + step)
    case 'sent':
      return listSent(talk, page + step)
    case 'ahead':
      return listAhead(talk, page + step)
    case 'checklist':
      return listChecklist(talk, of, page + step)
  }
}

/** 谁没交 and 责任清单, perhaps at a place that is named. */
function listAt(talk: Talk, where: string, list: typeof listOwing): Turn | Need {
  if (where === '') return list(talk, undefined, 0)
  const [place] = findPlaces(where, talk.facts.pack.jurisdiction)
  return place ? list(talk, place.code, 0) : turn(talk.session, listWords.noSuchPlace(where))
}

/** 答复 N is also said of 待补充问题: it means the list that was shown last. */
const isOfQuestions = (command: OfficeCommand, { session }: Talk): boolean =>
  command.type === 'answerComplaint' &&
  !command.which.includes('-') &&
  (session.questions !== undefined || !isComplaintNumber(session.listed[Number(command.which) - 1]))

function office(talk: Talk, command: OfficeCommand): Turn | Need {
  switch (command.type) {
    case 'complaints':
      return listComplaints(talk)
    case 'answerComplaint':
      return answerComplaint(talk, command.which, command.text)
    case 'exportLedger':
      return exportLedger(talk, command.purpose)
    case 'owing':
      return listAt(talk, command.where, listOwing)
    case 'targets':
      return showTargets(talk, command.where)
    case 'checklist':
      return listAt(talk, command.where, listChecklist)
    case 'row':
      return openRow(talk, command.number, command.said)
    case 'exportChecklist':
      return exportChecklist(talk)
    case 'sent':
      return listSent(talk, 0)
    case 'ahead':
      return listAhead(talk, 0)
    case 'purge':
      return showDue(talk)
    case 'agreePurge':
      return agreePurge(talk)
    case 'looks':
      return looks(talk)
  }
}

/** What the file with whole phone numbers is called among papers. */
export const LEDGER_WITH_PHONES = 'ledger-phones'
/** A month or a number says what is wanted, not what for. */
const A_PURPOSE = /\p{Script=Han}{2}/u

/** The places whose ledger a person may take away. */
export const ledgerPlaces = (staff: Staff, person: UserId): string[] =>
  [...staff.places.keys()].filter((place) => mayAct(staff, person, 'exportLedger', { place }).ok)

/** 台账 导出: one's own places. Whole phone numbers are for the district only, and for a purpose, which is kept. */
function exportLedger({ facts, session }: Talk, purpose: string): Turn {
  const { staff, person, today } = facts
  if (ledgerPlaces(staff, person).length === 0) return turn(session, words.noExport)
  const mayPhones = seesPhones(staff, person)
  const phones = mayPhones && A_PURPOSE.test(purpose)
  const document = {
    of: 'ledger' as const,
    id: person,
    paper: phones ? LEDGER_WITH_PHONES : 'ledger',
    format: 'xlsx' as const,
    name: words.ledgerName(today),
  }
  return turn(session, words.ledgerReady(phones, mayPhones), {
    documents: [document],
    effects: [{ type: 'noteExport', reason: words.ledgerTaken(phones ? purpose : '') }],
  })
}

export const seesPhones = (staff: Staff, person: UserId): boolean =>
  rolesOf(staff, person).some(({ role }) => role === 'district')

/** 查阅记录: who looked at personal data, for what. */
function looks({ facts, session }: Talk): Turn | Need {
  if (!mayPurge(facts.staff, facts.person)) return turn(session, words.onlyDistrict)
  const all = facts.service?.looks
  if (!all) return { needs: 'accesses' }
  const lines = all.map(({ at, by, what, reason }) => {
    const instant = new Date(at)
    const time = `${inChinese(dayOf(instant))}${timeOf(instant)}`
    return words.lookLine(time, staffName(facts.staff, by), what, reason)
  })
  return turn(session, [words.looks(all.length), ...lines].join('\n'))
}
