import { officeFor, officeInWords, recipients, staffName } from '../../directory/scope.ts'
import type { Appointment, Staff } from '../../directory/staff.ts'
import { isStreetLevel, type Place } from '../../filings/places.ts'
import { valueOf } from '../../forms/answers.ts'
import { activeDraft, currentQuestion, known, walkDraft } from '../interview/filling.ts'
import { serviceWords as words } from './service-words.ts'
import { standing } from '../standing.ts'
import type { Talk } from '../talk.ts'
import { formFor, type Turn } from '../turn.ts'
import { whereabouts } from './whereabouts.ts'
import { wording } from '../wording.ts'

/** After a day a worker who was asked may be asked again without 好了. */
const ASKED_AGAIN_MS = 24 * 60 * 60 * 1000

/**
 * 人工: names the worker of the person's place and asks that worker, privately and without personal data, to get in
 * touch. The talk with the bot goes on; nothing is passed on between the two.
 */
export function callHuman(talk: Talk): Turn {
  const { facts, session } = talk
  const place = whereabouts(talk)
  const helpers = place ? helpersAt(facts.staff, place, facts.person) : []
  const [helper] = helpers
  if (!place || !helper) {
    const { bureau } = facts.pack.notices.contacts
    return standing(talk, [wording.human(bureau.name, bureau.phone)])
  }
  // A number is not for a group to read, not even a worker's.
  const phone = talk.group ? '' : (helper.phone ?? '')
  const named = words.worker(officeOf(facts.staff, helper, place), helper.name, phone)
  const asked = session.human
  if (asked && facts.now.getTime() - Date.parse(asked.at) < ASKED_AGAIN_MS) {
    return standing(talk, [wording.join(named, words.workerToldBefore(helper.name))])
  }
  const to = helpers.map(({ userId }) => userId)
  const marked: Talk = { ...talk, session: { ...session, human: { at: facts.now.toISOString(), to } } }
  const text = words.workerAsked(whoAsks(talk), whereTo(talk))
  return {
    ...standing(marked, [wording.join(named, words.workerTold(helper.name))]),
    notices: to.map((userId) => ({ to: userId, text })),
  }
}

/** 好了: what stood before stands again, and the worker need not come any more. */
export function endHuman(talk: Talk): Turn {
  const to = talk.session.human?.to ?? []
  const text = words.helpOverNews(whoAsks(talk))
  return {
    ...standing({ ...talk, session: { ...talk.session, human: undefined } }, [words.helpOver]),
    notices: to.map((userId) => ({ to: userId, text })),
  }
}

/** Those of the committee; where there is none or nobody sits in it, the next higher office. */
function helpersAt(staff: Staff, place: Place, person: string): Appointment[] {
  const role = isStreetLevel(place) ? 'street' : 'community'
  return recipients(staff, role, place.code, [person]).flatMap(
    (userId) => staff.appointments.find((one) => one.userId === userId && one.role !== 'operator') ?? [],
  )
}

function officeOf(staff: Staff, { role }: Appointment, place: Place): string {
  const office = role === 'community' || role === 'street' ? officeFor(role, place) : undefined
  return office ? officeInWords(staff, office) : '区民政局'
}

/** The leader's name where the form says it and the leader types; always the account, to be found by. */
function whoAsks({ session, facts }: Talk): string {
  const draft = activeDraft(session)
  const name = draft && !draft.helper ? valueOf(known(draft), 'principalName') : undefined
  const account = `（企业微信账号${facts.person}）`
  return `${typeof name === 'string' ? name : staffName(facts.staff, facts.person)}${account}`
}

function whereTo({ session, facts }: Talk): string {
  const draft = activeDraft(session)
  if (!draft) return words.notFilling(facts.filings.at(-1)?.organizationName)
  const form = formFor(facts, draft)
  const question = currentQuestion(form, draft)
  if (!question) return words.readingBack(form.title)
  const number = walkDraft(form, draft).fields.findIndex(({ id }) => id === question.field.id) + 1
  return words.filling(form.title, number)
}
