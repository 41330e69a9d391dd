import { dayOf, inChinese } from '../../clock.ts'
import { reaches, rolesOf } from '../../directory/scope.ts'
import type { Staff } from '../../directory/staff.ts'
import { isAnswered, LONGEST_COMPLAINT, type Complaint } from '../../filings/complaint.ts'
import { maskPersonal } from '../../forms/mask.ts'
import { lengthOf } from '../../forms/said.ts'
import type { UserId } from '../../messages.ts'
import { smallNumber } from '../../forms/numbers.ts'
import { tidy } from '../tidy.ts'
import { serviceWords as words } from './service-words.ts'
import type { Pending } from '../session.ts'
import { standing } from '../standing.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'
import { whereabouts } from './whereabouts.ts'
import { wording } from '../wording.ts'

/** 投诉建议: one message, and whether with a name. What was being filled stands again afterwards. */
export function beginComplaint(talk: Talk): Turn {
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  return turn({ ...talk.session, pending: { type: 'complaint' } }, words.complaintAsk)
}

/** What was said while the complaint was asked for; fixed words were taken before. */
export function hearComplaint(talk: Talk, pending: Extract<Pending, { type: 'complaint' }>): Turn {
  const text = talk.text.trim()
  if (pending.text === undefined) {
    if (lengthOf(text) < 2) return turn(talk.session, words.complaintShort)
    if (lengthOf(text) > LONGEST_COMPLAINT) return turn(talk.session, words.complaintLong(LONGEST_COMPLAINT))
    return turn({ ...talk.session, pending: { type: 'complaint', text } }, words.complaintWho)
  }
  const choice = choiceOf(text)
  if (choice === undefined) return turn(talk.session, words.complaintWho)
  const place = whereabouts(talk)?.code
  return {
    ...standing(withoutPending(talk), []),
    effects: [
      {
        type: 'complain',
        text: pending.text,
        named: choice > 1,
        shared: choice === 3,
        ...(place === undefined ? {} : { place }),
      },
    ],
  }
}

function choiceOf(text: string): number | undefined {
  const said = tidy(text)
  const number = smallNumber(said)
  if (number !== undefined) return number >= 1 && number <= 3 ? number : undefined
  if (/匿名|不留名|不留/.test(said)) return 1
  if (/街道|镇|第三/.test(said)) return 3
  return /留名|实名/.test(said) ? 2 : undefined
}

/** The district reads every complaint; a street or town only what its own people let it read. */
export const mayReadComplaint = (staff: Staff, person: UserId, complaint: Complaint): boolean =>
  rolesOf(staff, person).some((one) => {
    if (one.role === 'district') return true
    return (
      one.role === 'street' &&
      complaint.shared &&
      complaint.place !== undefined &&
      reaches(staff, one, complaint.place)
    )
  })

const MOST_LISTED = 20

/** 投诉: what the person may read, without an answer first; the numbers are those 答复 takes. */
export function listComplaints(talk: Talk): Turn | Need {
  const { facts, session } = talk
  const roles = rolesOf(facts.staff, facts.person).map(({ role }) => role)
  const isDistrict = roles.includes('district')
  if (!isDistrict && !roles.includes('street')) return turn(session, words.complaintsNotYours)
  const all = facts.service?.complaints
  if (!all) return { needs: 'complaints' }
  const mine = all.filter((one) => mayReadComplaint(facts.staff, facts.person, one))
  const shown = [...mine.filter((one) => !isAnswered(one)), ...mine.filter(isAnswered)].slice(0, MOST_LISTED)
  const text = [
    mine.length > 0 || isDistrict ? words.complaints(mine.length) : words.complaintsOfStreet,
    ...shown.map((one, index) => `${index + 1}. ${lineOf(one)}`),
    ...(shown.length > 0 ? [words.answerHow] : []),
  ].join('\n')
  return turn({ ...session, listed: shown.map(({ number }) => number), questions: undefined }, text)
}

/**
 * The account of who gave a name, so that one can talk to the person; nothing of who did not. Numbers of people are
 * masked: no reason was given to see them.
 */
function lineOf({ number, at, named, by, text, answers }: Complaint): string {
  const who = named ? by : words.anonymous
  return words.complaintLine(
    number,
    inChinese(dayOf(new Date(at))),
    who,
    maskPersonal(text),
    answers.at(-1)?.text,
  )
}

/** 答复 N …: `perform` checks again and tells the person. */
export function answerComplaint(talk: Talk, which: string, text: string): Turn | Need {
  const { facts, session } = talk
  const all = facts.service?.complaints
  if (!all) return { needs: 'complaints' }
  const number = which.includes('-') ? `投${which.replace('投', '')}` : session.listed[Number(which) - 1]
  const complaint = all.find((one) => one.number === number)
  if (!complaint || !mayReadComplaint(facts.staff, facts.person, complaint))
    return turn(session, words.noSuchComplaint)
  if (lengthOf(text) < 2) return turn(session, words.answerEmpty(which))
  if (lengthOf(text) > LONGEST_COMPLAINT) return turn(session, words.complaintLong(LONGEST_COMPLAINT))
  return turn(session, '', { effects: [{ type: 'answerComplaint', number: complaint.number, text }] })
}

/** Who of the district is told of a new complaint; and the street where the person lets it know. */
export function complaintReaders(staff: Staff, complaint: Complaint): UserId[] {
  const readers = staff.appointments.map(({ userId }) => userId)
  return [...new Set(readers)].filter((userId) => mayReadComplaint(staff, userId, complaint))
}
