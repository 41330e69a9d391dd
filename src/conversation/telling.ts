import { previousOf as answered } from '../knowledge/answer.ts'
import type { Answer } from '../knowledge/compose.ts'
import { looksLikeQuestion } from '../forms/question-words.ts'
import { askedOf } from './asked.ts'
import { commandOf } from './commands.ts'
import { isStaff } from '../directory/scope.ts'
import { asked as askedField, isBetweenRows } from './interview/asking.ts'
import { consentMissing } from './consent.ts'
import { activeDraft, currentQuestion } from './interview/filling.ts'
import { previousOf, type Draft, type Session } from './session.ts'
import { holdsPersonalData } from './shield.ts'
import { isHeard } from './yes-no.ts'
import { standing } from './standing.ts'
import { turn, type Talk } from './talk.ts'
import { tidy } from './tidy.ts'
import { formFor, type Turn } from './turn.ts'
import { wording } from './wording.ts'

/**
 * What no form could use. A question is answered from the document; a statement beside an open question was meant as
 * its answer, and hears why it is none. Then what stood before stands again.
 */
export function tell(talk: Talk): Turn {
  const draft = activeDraft(talk.session)
  if (isHeard(talk.text)) return acknowledge(talk, draft)
  if (draft && talk.session.pending === undefined && WRONG.test(tidy(talk.text)))
    return standing(talk, [wording.whatIsWrong])
  const answer = talk.facts.tell(talk.text, previousOf(talk.session))
  const told = draft ? withoutNumbers(answer) : answer
  if (draft && !isAnswered(talk, told))
    return standing(talk, [refusal(talk, draft, told.text)].filter(Boolean))
  const session: Session = remembering(talk, told)
  const asked = askedOf(talk, told)
  if (draft) return { ...standing({ ...talk, session }, [told.text]), ...(asked && { asked }) }
  // Who has a form that waits and pastes a roster means the form.
  if (session.drafts.length > 0 && !talk.group && isReproof(talk, told))
    return turn(talk.session, wording.notTakenWhilePaused)
  const onward = onwardOf(talk, told)
  const waiting = session.drafts.length > 0 && wording.draftWaiting
  const offer = onward !== undefined && !told.text.includes(`“${onward}”`) && wording.onward(onward)
  const text = [told.text, waiting || offer].filter(Boolean).join('\n\n')
  const phrases = told.suggestions ?? (onward === undefined ? undefined : [onward])
  const pending = phrases && { type: 'menu' as const, phrases }
  return { ...turn({ ...session, pending }, text), ...(asked && { asked }) }
}

/** 好了 and 知道了 ask nothing: the question stands again; where something was asked back that is not its answer. */
function acknowledge(talk: Talk, draft: Draft | undefined): Turn {
  const { pending, drafts } = talk.session
  if (!draft)
    return turn(talk.session, wording.join(wording.heardIdle, drafts.length > 0 && wording.draftWaiting))
  const isAskedBack = pending !== undefined && pending.type !== 'rest'
  return standing(talk, [isAskedBack ? refusal(talk, draft) : wording.heard].filter(Boolean))
}

/**
 * The fixed words for what somebody wants who said it in others; a question is one only where the document has nothing
 * to say to it. Who has filed knows what 我要换队长 is about and wants it done.
 */
export function wishOf({ text, facts, session }: Talk): string | undefined {
  const wish = facts.wishIn(text)
  if (wish === undefined) return undefined
  if (wish.overArticles && facts.filings.length > 0) return wish.does
  if (!looksLikeQuestion(text)) return wish.does
  const { kind } = facts.tell(text, previousOf(session))
  return kind === 'suggest' || kind === 'silent' ? wish.does : undefined
}

/** What can be done about an answer, where this person can do it: staff have other words than leaders. */
function onwardOf({ facts, text }: Talk, told: Answer): string | undefined {
  if (told.suggestions !== undefined || told.kind === 'refused' || told.kind === 'smallTalk') return undefined
  const next = facts.wishIn(text)?.does ?? told.next
  if (next === undefined) return undefined
  return isStaff(facts.staff, facts.person) === (commandOf(next) === undefined) ? next : undefined
}

/** Beside a question of the form only its own choices have numbers: 2 may mean 不同意 there. */
const withoutNumbers = (told: Answer): Answer => ({
  ...told,
  text: (told.suggestions ?? []).reduce(
    (said, title, at) => said.replace(`\n${at + 1}. ${title}`, () => `\n· ${title}`),
    told.text,
  ),
})

function remembering({ session, text }: Talk, told: Answer): Session {
  const { article, counted } = answered(text, told) ?? previousOf(session) ?? {}
  return { ...session, article, counted }
}

/** Whether the document's answer is worth more than the reason why this is no answer to the question. */
function isAnswered(talk: Talk, told: Answer): boolean {
  if (isReproof(talk, told)) return talk.group
  if (KNOWS_NOT.test(talk.text.trim()) && told.kind !== 'found' && told.kind !== 'computed') return false
  if (looksLikeQuestion(talk.text)) return true
  switch (told.kind) {
    case 'found':
    case 'computed':
    case 'refused':
      return true
    case 'silent':
      return told.article !== undefined
    case 'smallTalk':
      return GREETS.test(talk.text)
    case 'suggest':
      return false
  }
}

/** The document refuses to keep personal data; the form in the single chat asks for it. */
const isReproof = (talk: Talk, told: Answer): boolean =>
  told.kind === 'refused' && holdsPersonalData(talk.text)

const WRONG = /^(?:不对|错了?|[说写填弄搞讲]错了?)$/

const GREETS = /谢|[你您]好|再见|拜拜|辛苦/

const KNOWS_NOT =
  /^(?:我|这个|也|真的?|都|就|确实|本人)*(?:不知道|不晓得|不清楚|不记得|记不得|记不清|记不住|忘了|忘记|[冇没]得?有?(?![错问]))/

function refusal(talk: Talk, draft: Draft, otherwise = ''): string {
  const { pending } = talk.session
  if (!talk.group && consentMissing(talk)) return wording.consentAgain
  if (pending?.type === 'readBack') return wording.atReadBack
  if (pending?.type === 'confirm' || pending?.type === 'confirmSeveral') return wording.sayYesOrNo
  if (pending?.type === 'choose') return wording.pickNumber
  const question = currentQuestion(formFor(talk.facts, draft), draft)
  if (!question) return otherwise
  if (talk.group && question.field.personal) return ''
  const { label, explain } = isBetweenRows(question) ? question.field : askedField(question)
  return wording.join(wording.expected(label, explain), KNOWS_NOT.test(talk.text.trim()) && wording.mayLeave)
}
