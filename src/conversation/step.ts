import type { Content, InboundMessage, Media } from '../messages.ts'
import { commandOf } from './commands.ts'
import { isGo, isNo, isYes } from './yes-no.ts'
import { smallNumber } from '../forms/numbers.ts'
import { tidy } from './tidy.ts'
import { discard, obey } from './obey.ts'
import { ask } from './interview/advance.ts'
import { askConsent, consentMissing } from './consent.ts'
import { consentAnswer } from './consent-answer.ts'
import { isStaff } from '../directory/scope.ts'
import { hearInspection } from './reminding/inspections.ts'
import { hearLedger } from './reminding/ledgers.ts'
import { hearOffice } from './office/office.ts'
import { answerReminder, hearManner, reminderWordOf } from './reminding/reminders.ts'
import { confirmCorrection } from './reviewing/correct.ts'
import { review, turnPage } from './reviewing/review.ts'
import { staffCommandOf } from './reviewing/staff-commands.ts'
import { examineCharter, hearCharter } from './record/charter.ts'
import { greet } from './greeting.ts'
import { press } from './interview/clicks.ts'
import { withoutFaces } from './faces.ts'
import { activeDraft } from './interview/filling.ts'
import { freeMessageOf, takeFreeFacts } from './interview/free-facts.ts'
import { answer, answerPending } from './interview/interview.ts'
import { learn, learningOf } from './learning/learning.ts'
import { serve } from './service/serve.ts'
import { hearReport } from './reminding/monthly-report.ts'
import { addCaptioned, addPhotos, countPhotos, takePhotos } from './reminding/report-photos.ts'
import { hearOwnDuties } from './reminding/own-duties.ts'
import { hearReportList } from './reminding/report-lists.ts'
import { standing } from './standing.ts'
import { takeSheet } from './interview/roster.ts'
import { isPersonal } from './interview/proposing.ts'
import type { Session } from './session.ts'
import { holdsPersonalData } from './shield.ts'
import { turn, withoutPending, type Talk } from './talk.ts'
import type { Facts, Need, Turn } from './turn.ts'
import { followRecord } from './record/follow-record.ts'
import { matterOfOwn } from './record/from-record.ts'
import { withdrawOrNot } from './record/withdrawing.ts'
import { tell, wishOf } from './telling.ts'
import { wording } from './wording.ts'

/**
 * Decides what one message leads to. Pure: the same session, message and facts give the same turn.
 * Undefined when nothing is to be said (an event nobody waits for).
 */
export function step(session: Session, message: InboundMessage, facts: Facts): Turn | Need | undefined {
  const group = message.chat.type === 'group'
  const talk: Talk = {
    session: followRecord(session, facts),
    facts,
    group,
    text: '',
    channel: message.channel,
  }
  const { content } = message
  switch (content.type) {
    case 'text':
      return withQuotedFile(talk, message.quote) ?? hear({ ...talk, text: withoutFaces(content.text) })
    case 'voice':
      return hear({ ...talk, text: tidy(content.text) })
    case 'location':
      return hear({ ...talk, text: content.label })
    case 'mixed': {
      const count = content.pictures.length
      if (!tidy(content.text)) return picture(talk, count)
      const said = { ...talk, text: content.text }
      const counted = countPhotos(said, count)
      return counted ? hear(counted) : (addCaptioned(said, count, hear) ?? hear(said))
    }
    case 'entered':
      return greet(talk)
    case 'click':
      return press(talk, content, hear)
    case 'file':
      return group ? turn(session, wording.groupShield) : readFile(talk, content.media)
    case 'paper':
      return session.pending?.type === 'charterCheck'
        ? examineCharter(talk, content.text)
        : stay(talk, wording.fileNotNow)
    case 'sheet':
      return sheet(talk, content)
    case 'image':
      return picture(talk, 1)
    case 'video':
      return stay(talk, wording.video)
    case 'audio':
      return stay(talk, wording.audio)
    case 'link':
      return stay(talk, wording.link)
    case 'unknown':
      return content.kind.startsWith('event:') ? undefined : stay(talk, wording.unknownKind)
    case 'freeFacts':
      return takeFreeFacts(talk, content)
    case 'feedback':
    case 'refresh':
      return undefined
  }
}

/** 2️⃣ is a 2. */
const KEYCAP = /([0-9])\uFE0F?\u20E3/gu

/** Words, typed or spoken: shield, consent, what was asked back, fixed words, an answer, a question. In this order. */
function hear(given: Talk): Turn | Need | undefined {
  const talk = { ...given, text: given.text.replace(KEYCAP, '$1') }
  if (talk.group && holdsPersonalData(talk.text)) return turn(talk.session, wording.groupShield)
  if (!tidy(talk.text)) return stay(talk, activeDraft(talk.session) ? '' : wording.unknownKind)
  const { pending } = talk.session
  const draft = activeDraft(talk.session)
  const charter = pending?.type === 'charterCheck' && hearCharter(talk, pending.soFar)
  if (charter) return charter
  const reviewed =
    hearOffice(talk) ??
    hearLedger(talk) ??
    hearInspection(talk) ??
    hearReportList(talk) ??
    hearReport(talk) ??
    hearOwnDuties(talk) ??
    hearReviewer(talk) ??
    serve(talk)
  if (reviewed) return reviewed
  const reminder = reminderWordOf(talk.text)
  // 没有活动 may be an answer to the form.
  if (reminder && (!draft || reminder.answer !== 'nothing')) return answerReminder(talk, reminder)
  const isAsked = draft !== undefined || (pending !== undefined && pending.type !== 'menu')
  const answered = isAsked ? undefined : hearManner(talk)
  if (answered) return answered
  const learning = learningOf(talk)
  if (learning) return learn(talk, learning)

  if (draft && pending?.type === 'cancel' && (isYes(talk.text) || isNo(talk.text))) {
    return isYes(talk.text) ? discard(talk, draft) : ask(withoutPending(talk), draft, [wording.notCancelled])
  }
  if (pending?.type === 'withdraw') return withdrawOrNot(talk, pending.id) ?? hear(withoutPending(talk))
  // The notice is agreed to in single chat; in the group a number answers what is asked there.
  if (talk.group && pending?.type === 'consent') {
    return /同意/.test(talk.text) ? turn(talk.session, wording.groupPrivate) : hear(withoutPending(talk))
  }
  if (pending?.type === 'consent') {
    const decided = consentAnswer(talk)
    if (decided) return decided
  } else if (draft && !talk.group && consentMissing(talk)) {
    const command = commandOf(talk.text)
    return command && command.type !== 'continue' && command.type !== 'start'
      ? obey(talk, command)
      : askConsent(talk, [])
  }
  if (pending?.type === 'menu') {
    const [only, ...others] = pending.phrases
    const phrase =
      pending.phrases[(smallNumber(tidy(talk.text)) ?? 0) - 1] ??
      (others.length === 0 && isGo(talk.text) && only)
    if (phrase) return hear({ ...withoutPending(talk), text: phrase })
  }
  if (draft && pending) {
    const settled = answerPending(talk, pending, isYes(talk.text), isNo(talk.text))
    if (settled)
      return talk.group && isPersonal(pending, talk) ? turn(talk.session, wording.groupPrivate) : settled
  }
  const command = commandOf(talk.text) ?? matterOfOwn(talk)
  if (command) {
    const obeyed = obey(talk, command)
    if (obeyed) return obeyed
  }
  if (draft && pending?.type !== 'consent') {
    const taken = answer(withoutPending(talk), draft)
    if (taken) return 'session' in taken ? withFree(talk, taken) : taken
  }
  const wish = wishOf(talk)
  return wish === undefined
    ? withFree(talk, tell(talk))
    : hear({ ...withoutPending(talk), text: wish, sentence: talk.text })
}

/** What the form did not take, or took for several facts, may hold more of them. */
function withFree(talk: Talk, taken: Turn): Turn {
  const answersOf = (session: Session) => activeDraft(session)?.answers
  const wasTaken = taken.asked !== undefined || answersOf(taken.session) !== answersOf(talk.session)
  const free =
    wasTaken && taken.session.pending?.type !== 'confirmSeveral' ? undefined : freeMessageOf(talk, taken)
  return free ? { ...taken, free } : taken
}

/** What staff say about cases. For anybody else only words that name a case are taken for an attempt. */
function hearReviewer(talk: Talk): Turn | Need | undefined {
  const { pending } = talk.session
  if (pending?.type === 'case') {
    const command = commandOf(talk.text)
    if (command?.type === 'nextPage') return turnPage(talk, pending.id, pending.page + 1)
    if (command?.type === 'previousPage') return turnPage(talk, pending.id, pending.page - 1)
  }
  const corrected = confirmCorrection(talk)
  if (corrected) return corrected
  const command = staffCommandOf(talk.text)
  if (!command) return undefined
  const isWorker = isStaff(talk.facts.staff, talk.facts.person)
  if ((command.type === 'filed' || command.type === 'expiring') && !isWorker) return undefined
  // Words that may mean something else are taken so only where nothing else is waited for.
  const isFree =
    !activeDraft(talk.session) && (!pending || ['case', 'menu', 'correction'].includes(pending.type))
  const isLoose = command.type === 'named' || command.type === 'bare'
  if (isLoose && (!isWorker || !isFree || talk.group)) return undefined
  return review(pending?.type === 'correction' ? withoutPending(talk) : talk, command)
}

const stay = (talk: Talk, text: string): Turn => standing(talk, text ? [text] : [])

const picture = (talk: Talk, count: number): Turn | Need =>
  takePhotos(talk, count) ?? addPhotos(talk, count) ?? stay(talk, wording.picture)

/** In a group a file can only be shown by quoting it, and a roster does not belong there. */
function withQuotedFile(talk: Talk, quote: Content | undefined): Turn | undefined {
  return talk.group && quote?.type === 'file' ? turn(talk.session, wording.groupShield) : undefined
}

function readFile(talk: Talk, media: Media): Turn {
  const draft = activeDraft(talk.session)
  const awaited = talk.session.pending?.type === 'charterCheck' || (draft && !consentMissing(talk))
  if (!awaited) return stay(talk, wording.fileNotNow)
  return turn(talk.session, wording.fileReading, { effects: [{ type: 'readFile', media }] })
}

function sheet(talk: Talk, content: Extract<Content, { type: 'sheet' }>): Turn {
  if (talk.session.pending?.type === 'charterCheck') return turn(talk.session, wording.charterUnread)
  const draft = activeDraft(talk.session)
  return draft ? takeSheet(talk, draft, content) : turn(talk.session, wording.fileNotNow)
}
