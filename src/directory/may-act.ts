import type { Place } from '../filings/places.ts'
import type { Step } from '../filings/event.ts'
import { valueOf, type Answers } from '../forms/answers.ts'
import type { UserId } from '../messages.ts'
import { roleInWords, type Role } from './roles.ts'
import { holdersOf, officeFor, officeInWords, reaches, rolesOf, staffName, type Office } from './scope.ts'
import type { Appointment, Staff } from './staff.ts'

/** The steps of review and of the paper after it; each belongs to an office. */
const steps = {
  endorse: { says: '同意', offices: ['community'] },
  return: { says: '退回', offices: ['community', 'street'] },
  decline: { says: '不予备案', offices: ['street'] },
  approve: { says: '同意备案', offices: ['street'] },
  seal: { says: '登记盖章', offices: ['community', 'street'] },
  distribute: { says: '登记分发', offices: ['community', 'street'] },
  correct: { says: '更正', offices: ['street'] },
} as const satisfies Record<string, { says: string; offices: readonly Step[] }>

/** What may be done within an appointment's reach, by role. */
const grants = {
  see: { says: '查看', roles: ['community', 'street', 'incubator', 'district'] },
  /** Taking over a conversation (人工), helping with names, rosters, charters. */
  help: { says: '帮办', roles: ['community', 'street', 'incubator', 'district'] },
  /** Unmasked identity numbers, phones, addresses; the caller asks a reason and logs it. */
  readPersonal: { says: '查看个人信息', roles: ['community', 'street', 'district'] },
  exportLedger: { says: '导出台账', roles: ['street', 'district'] },
  /** For the month, to the bureau (附件5五1(2)): the filing authority's own act, nobody stands in for it. */
  closeLedger: { says: '报送台账', roles: ['street'] },
  /** To another account, after the leader changed: the filing authority knows who that is. */
  handOver: { says: '转交', roles: ['street'] },
  /** On the spot, each quarter (附件5一7). */
  inspect: { says: '巡检', roles: ['district'] },
  /** An answer to what the document does not say, wherever it was asked; it counts once the district approved it. */
  answerKnowledge: { says: '回答待补充问题', roles: ['community', 'street', 'incubator', 'district'] },
  approveKnowledge: { says: '采纳答复', roles: ['district'] },
} as const satisfies Record<string, { says: string; roles: readonly Role[] }>

export type StepAct = keyof typeof steps
export type GrantedAct = keyof typeof grants
export type ActName = StepAct | GrantedAct | 'withdraw' | 'resubmit'

const isStep = (act: ActName): act is StepAct => act in steps

/** What an act is about: a filing, or only a place, or nothing in particular (the whole district). */
export type Matter = {
  place?: string | undefined
  applicant?: UserId
  events?: readonly { type: string; by?: string }[]
  answers?: Answers
}

/** In what capacity someone acts; an applicant on their own behalf. */
export type Capacity = Appointment | { userId: UserId; name: string; role: 'applicant'; place: undefined }

export type Permission =
  /**
   * A step counts for the office `step`; `deputyFor` names the office that has nobody and is stood in for, as it
   * goes into the event.
   */
  { ok: true; as: Capacity; step?: Step; deputyFor?: string } | { ok: false; because: string }

const refuse = (because: string): Permission => ({ ok: false, because })

/**
 * Whether a person may do this, and as what. It knows places and roles; whether the case has come to that point
 * is for the life cycle (filings/review.ts). `office` leaves only that office, for what both may do: 退回 belongs
 * to the one whose step it is. Nobody takes a step of their own application; an office left without anyone is
 * stood in for by the next higher one (practice.md 12: a deputy can act in absence, named).
 */
export function mayAct(
  staff: Staff,
  userId: UserId,
  act: ActName,
  matter: Matter,
  office?: Step,
): Permission {
  if (act === 'withdraw' || act === 'resubmit') {
    const says = act === 'withdraw' ? '撤回' : '重新提交'
    return matter.applicant === userId
      ? asApplicant(staff, userId)
      : refuse(`无权${says}：只有申请人自己可以${says}`)
  }
  if (isStep(act)) return mayTakeStep(staff, userId, act, matter, office)
  if (matter.applicant === userId && (act === 'see' || act === 'readPersonal')) {
    return asApplicant(staff, userId)
  }
  const { says, roles } = grants[act]
  const mine = rolesOf(staff, userId)
  const granted = roles.flatMap((role) => mine.filter((one) => one.role === role))
  const anywhere = act === 'answerKnowledge' || act === 'approveKnowledge'
  const as = granted.find((one) => anywhere || isWithin(staff, one, matter.place))
  if (as) return { ok: true, as }
  if (granted.length > 0) return refuse(`无权${says}：这不在您负责的地方`)
  return refuse(noRole(says, mine))
}

const asApplicant = (staff: Staff, userId: UserId): Permission => ({
  ok: true,
  as: { userId, name: staffName(staff, userId), role: 'applicant', place: undefined },
})

/** A matter of no place is one of the whole district. */
const isWithin = (staff: Staff, one: Appointment, place: string | undefined): boolean =>
  place === undefined ? one.place === undefined : reaches(staff, one, place)

function mayTakeStep(
  staff: Staff,
  userId: UserId,
  act: StepAct,
  matter: Matter,
  office: Step | undefined,
): Permission {
  const { says, offices } = steps[act]
  const mine = rolesOf(staff, userId)
  if (!mine.some(({ role }) => role === 'community' || role === 'street' || role === 'district')) {
    return refuse(noRole(says, mine))
  }
  const place = matter.place === undefined ? undefined : staff.places.get(matter.place)
  if (place === undefined || !mine.some((one) => concerns(staff, one, place))) {
    return refuse(`无权${says}：这不在您负责的地方`)
  }
  const parties = partiesTo(staff, matter)
  if (parties.includes(userId)) return refuse(`不能${says}：这是您自己的申请，要由别人办理`)
  const now = offices.filter((role) => office === undefined || role === office)
  if (now.length === 0) return refuse(`不能${says}：这不归${office === 'street' ? '街道（镇）' : '社区'}来办`)
  const seats = now.flatMap((role) => officeFor(role, place) ?? [])
  if (seats.length === 0) return refuse(`不能${says}：街道（镇）层面的组织没有社区这一步`)
  for (const seat of seats) {
    const as = mine.find((one) => one.role === seat.role && one.place === seat.place)
    if (as) return { ok: true, as, step: seat.role }
  }
  for (const seat of seats) {
    const as = holdersOf(staff, seat, parties).length === 0 ? deputyAmong(mine, seat, place) : undefined
    if (as) return { ok: true, as, step: seat.role, deputyFor: officeInWords(staff, seat) }
  }
  return refuse(takenBy(staff, says, seats, parties))
}

const concerns = (staff: Staff, one: Appointment, place: Place): boolean =>
  one.role !== 'operator' && one.role !== 'incubator' && reaches(staff, one, place.code)

/** The street stands in for a community of its own, the district for both. */
const deputyAmong = (mine: Appointment[], seat: Office, place: Place): Appointment | undefined =>
  mine.find((one) => seat.role === 'community' && one.role === 'street' && one.place === place.street.code) ??
  mine.find((one) => one.role === 'district')

function takenBy(staff: Staff, says: string, seats: Office[], parties: UserId[]): string {
  const names = seats.flatMap((seat) => holdersOf(staff, seat, parties).map(({ name }) => name))
  const whose = seats.map((seat) => officeInWords(staff, seat)).join('或')
  return names.length > 0
    ? `无权${says}：这一步由${whose}办理，请找${[...new Set(names)].join('、')}`
    : `无权${says}：这一步由${whose}办理`
}

/**
 * Those who may not judge the matter: the applicant, whoever typed and sent it for the leader, and the principal
 * officer, known by name and phone. Nobody reviews their own application (product.md, Review).
 */
export function partiesTo(staff: Staff, { applicant, events = [], answers = {} }: Matter): UserId[] {
  const senders = events
    .filter(({ type }) => type === 'submitted' || type === 'resubmitted')
    .map(({ by }) => by)
  const name = valueOf(answers, 'principalName')
  const phone = valueOf(answers, 'principalPhone')
  const principals = staff.appointments
    .filter((one) => one.name === name && one.phone !== undefined && one.phone === phone)
    .map(({ userId }) => userId)
  const parties = [applicant, ...senders, ...principals]
  return [...new Set(parties.filter((party) => party !== undefined))]
}

function noRole(says: string, mine: Appointment[]): string {
  const [first] = mine
  if (first === undefined) return `无权${says}：这要由社区、街道（镇）或区民政局的工作人员来做`
  const roles = [...new Set(mine.map(({ role }) => roleInWords[role]))].join('、')
  return `无权${says}：${roles}不办这件事`
}
