import type { Filing } from '../filings/filing.ts'
import type { FormDefinition } from '../forms/definition.ts'
import { openQuestion } from '../forms/walk.ts'
import { advance, ask } from './interview/advance.ts'
import { asked, isBetweenRows } from './interview/asking.ts'
import { editWithoutForm, print, status } from './record/cases.ts'
import type { Command } from './commands.ts'
import { beginComplaint } from './service/complaints.ts'
import { awaitCharter, beginCharter } from './record/charter.ts'
import { greet } from './greeting.ts'
import { askConsent, consentMissing } from './consent.ts'
import { deleteRow, editRow } from './interview/edit-rows.ts'
import { back, editField, reopen } from './interview/edit.ts'
import {
  activeDraft,
  currentQuestion,
  known,
  leaveBlank,
  settled,
  walkDraft,
  withDraft,
} from './interview/filling.ts'
import { beginFromRecord } from './record/from-record.ts'
import { correct, newDraft, toCorrect } from './record/correction.ts'
import { callHuman } from './service/human.ts'
import { beginReport } from './reminding/monthly-report.ts'
import { myOrganizations } from './record/my-organizations.ts'
import { missingFields, organizationName, readBack } from './interview/read-back.ts'
import type { Draft } from './session.ts'
import { standing } from './standing.ts'
import { nothingToSubmit, submit } from './interview/submit.ts'
import { turn, withoutPending, type Talk } from './talk.ts'
import { formFor, type Need, type Turn } from './turn.ts'
import { withdraw } from './record/withdrawing.ts'
import { wording } from './wording.ts'

/** Obeys a fixed word; undefined when the words turn out to mean something else here. */
export function obey(talk: Talk, command: Command): Turn | Need | undefined {
  const draft = activeDraft(talk.session)
  switch (command.type) {
    case 'start':
      return start(talk, draft, false)
    case 'startForSomebody':
      return start(talk, draft, true)
    case 'continue':
      return resume(talk, draft, command.which)
    case 'help':
      return draft ? standing(talk, [talk.facts.pack.notices.greeting]) : greet(talk)
    case 'human':
      return callHuman(talk)
    case 'status':
      return turn(talk.session, status(talk))
    case 'organizations':
      return turn(talk.session, myOrganizations(talk))
    case 'print':
      return print(talk, draft, command.which)
    case 'withdraw':
      return withdraw(talk, command.which)
    case 'cannotRead':
      return isChosen(talk, draft) ? undefined : standing(talk, [wording.cannotRead])
    case 'recalled':
      return standing(talk, [wording.messageRecalled])
    case 'change':
    case 'cancellation':
    case 'renewal':
      return draft
        ? standing(talk, [wording.alreadyFilling])
        : beginFromRecord(talk, command.type, command.which)
    case 'charter':
      return draft ? standing(talk, [wording.alreadyFilling]) : beginCharter(talk, command.which)
    case 'charterCheck':
      return awaitCharter(talk)
    case 'complaint':
      return beginComplaint(talk)
    case 'report':
      return beginReport(talk, {})
    case 'submit':
      return draft ? submit(talk, draft) : nothingToSubmit(talk)
    case 'pause':
      return draft ? pause(talk) : turn(talk.session, wording.nothingToPause)
    case 'cancel': {
      const waiting = draft ?? talk.session.drafts.at(-1)
      return waiting ? cancel(withNewDraft(talk, waiting)) : turn(talk.session, wording.nothingToPause)
    }
    case 'roster':
      return roster(talk, draft)
  }
  if (draft) return obeyInForm(talk, draft, command)
  if (command.type === 'helper' && talk.session.drafts.length === 0) return start(talk, undefined, true)
  if (command.type === 'progress') return turn(talk.session, status(talk))
  if (command.type === 'mend')
    return turn(talk.session, editWithoutForm(talk, undefined) ?? wording.statusNone)
  if (command.type === 'editField' || command.type === 'editNumber') {
    const said = editWithoutForm(talk, command.type === 'editField' ? command.what : undefined)
    if (said) return turn(talk.session, said)
  }
  // 改 and 什么意思 may begin a question; the other words mean the form that waits.
  const mayAsk = command.type === 'editField' || command.type === 'explain'
  return mayAsk || talk.session.drafts.length === 0 ? undefined : turn(talk.session, wording.draftWaiting)
}

/** 不识字 may be the answer where schooling is asked. */
function isChosen({ facts, text }: Talk, draft: Draft | undefined): boolean {
  const question = draft && currentQuestion(formFor(facts, draft), draft)
  if (!draft || !question || asked(question).type !== 'choice') return false
  const context = { today: facts.today, answers: draft.answers }
  return facts.types.choice.read(text, asked(question), context).type !== 'unlike'
}

/** What says nothing about a person and asks nothing about one: it works before the notice was agreed to. */
const WITHOUT_CONSENT: Command['type'][] = ['progress', 'helper']

/** The words that only mean something while a form is being filled. */
function obeyInForm(talk: Talk, draft: Draft, command: Command): Turn | Need | undefined {
  const open = withoutPending(talk)
  const form = formFor(talk.facts, draft)
  const { pending } = talk.session
  if (!talk.group && consentMissing(talk) && !WITHOUT_CONSENT.includes(command.type))
    return askConsent(talk, command.type === 'explain' ? [wording.consentExplained] : [])
  switch (command.type) {
    case 'back':
      return back(open, draft, form)
    case 'skip':
      return skip(open, draft, form)
    case 'repeat':
      return standing(talk, [])
    case 'explain':
      return explain(talk, draft, form)
    case 'progress':
      return standing(talk, [progress(draft, form)])
    case 'readBack':
      return talk.group ? turn(talk.session, wording.groupPrivate) : readBack(open, draft, [], 0)
    case 'nextPage':
    case 'previousPage': {
      if (talk.group) return turn(talk.session, wording.groupPrivate)
      const page = pending?.type === 'readBack' ? pending.page : -1
      return readBack(open, draft, [], command.type === 'nextPage' ? page + 1 : page - 1)
    }
    case 'helper':
      return standing(withNewDraft(talk, { ...draft, helper: true }), [wording.helperOn])
    case 'leaderConfirmed': {
      if (!draft.helper) return standing(talk, [wording.notHelper])
      if (!draft.readBackSeen) return standing(talk, [wording.seeFirst])
      const confirmed = { ...draft, leaderConfirmed: true }
      return standing(withNewDraft(talk, confirmed), [wording.leaderConfirmed])
    }
    case 'mend':
      return standing(talk, [wording.whatIsWrong])
    case 'editNumber': {
      const { fields } = walkDraft(form, draft)
      const field = fields[command.number - 1]
      return field
        ? reopen(open, draft, { field: field.id }, field)
        : standing(talk, [wording.noSuchItem(fields.length)])
    }
    case 'editField':
      return editField(open, draft, command.what, command.to)
    case 'editRow':
      return editRow(open, draft, form, command.row, command.what)
    case 'deleteRow':
      return deleteRow(open, draft, form, command.row)
    default:
      return undefined
  }
}

const withNewDraft = (talk: Talk, draft: Draft): Talk => ({
  ...talk,
  session: withDraft(talk.session, draft),
})

function start(talk: Talk, draft: Draft | undefined, helper: boolean): Turn {
  if (draft) return standing(talk, [wording.alreadyFilling])
  const waiting = talk.session.drafts.at(-1)
  if (waiting) return resume(talk, undefined)
  const fresh: Draft = { ...newDraft('initial', talk.facts), helper }
  const begun: Talk = { ...talk, session: { ...withDraft(talk.session, fresh), pending: undefined } }
  const lead = [helper ? wording.startedForSomebody : wording.started]
  return consentMissing(begun) && !talk.group ? askConsent(begun, lead) : advance(begun, fresh, lead, false)
}

/** 名册: the list in the form that is or was being filled; else that of the record; else what it is for. */
function roster(talk: Talk, draft: Draft | undefined): Turn | Need | undefined {
  const waiting = draft ?? talk.session.drafts.at(-1)
  if (!waiting)
    return talk.facts.filings.length > 0
      ? print(talk, undefined, wording.matters.roster)
      : turn(talk.session, wording.rosterFirst)
  const awake = withNewDraft(talk, waiting)
  if (!draft && consentMissing(awake) && !talk.group) return askConsent(awake, [wording.resumed])
  return editField(awake, waiting, wording.matters.roster, undefined)
}

/** 继续: the form that stands; else the only thing there is, or a numbered choice of forms and returned cases. */
function resume(talk: Talk, draft: Draft | undefined, which?: string): Turn {
  const { pending, drafts } = talk.session
  const isStanding = draft !== undefined && (pending !== undefined || draft.reopened !== undefined)
  const returned = isStanding ? [] : toCorrect(talk)
  const named =
    which === undefined ? undefined : toCorrect(talk).find(({ caseNumber }) => caseNumber === which)
  const [only] = returned
  if (named) return correct(talk, named) ?? turn(talk.session, wording.nothingToContinue)
  const chosen = drafts.find((_, index) => which === `第${index + 1}份`)
  if (!chosen && (draft ? returned.length > 0 : drafts.length + returned.length > 1))
    return resumeWhich(talk, returned)
  const waiting = chosen ?? draft ?? drafts.at(-1)
  if (!waiting) return (only && correct(talk, only)) ?? turn(talk.session, wording.nothingToContinue)
  const awake: Talk = { ...talk, session: withDraft(talk.session, waiting) }
  if (consentMissing(awake) && !talk.group) return askConsent(awake, draft ? [] : [wording.resumed])
  if (waiting.reopened && draft) {
    return advance(withoutPending(awake), settled(waiting), [wording.kept], false)
  }
  return advance(withoutPending(awake), waiting, draft ? [] : [wording.resumed], false)
}

function resumeWhich(talk: Talk, returned: Filing[]): Turn {
  const { session, facts } = talk
  const choices = [
    ...session.drafts.map((draft, index) => ({
      text: wording.halfway(organizationName(formFor(facts, draft), known(draft), facts)),
      phrase: `继续第${index + 1}份`,
    })),
    ...returned.map(({ organizationName: name, caseNumber }) => ({
      text: wording.toCorrect(name, caseNumber),
      phrase: `继续${caseNumber}`,
    })),
  ]
  const lines = choices.map(({ text }, index) => `${index + 1}. ${text}`)
  const phrases = choices.map(({ phrase }) => phrase)
  return turn({ ...session, pending: { type: 'menu', phrases } }, wording.join(wording.resumeWhich, ...lines))
}

const pause = (talk: Talk): Turn =>
  turn({ ...talk.session, active: undefined, pending: undefined }, wording.paused)

const cancel = (talk: Talk): Turn => turn({ ...talk.session, pending: { type: 'cancel' } }, wording.cancelAsk)

/** 取消 was confirmed: the draft and everything in it is gone. */
export const discard = (talk: Talk, draft: Draft): Turn =>
  turn(
    {
      ...talk.session,
      active: undefined,
      pending: undefined,
      drafts: talk.session.drafts.filter(({ id }) => id !== draft.id),
    },
    wording.cancelled,
  )

function human({ facts }: Talk): string {
  const { bureau } = facts.pack.notices.contacts
  return wording.human(bureau.name, bureau.phone)
}

/** Leaves an optional cell empty; puts a needed one off to the end; keeps a reopened one as it was. */
function skip(talk: Talk, draft: Draft, form: FormDefinition): Turn {
  const question = currentQuestion(form, draft)
  if (!question) return standing(talk, [])
  const { field } = question
  if (talk.group && field.personal) return turn(talk.session, wording.groupPersonal)
  if (draft.reopened && draft.answers[field.id]) {
    return advance(talk, settled(draft), [wording.kept], false)
  }
  const open = settled(draft)
  if (asked(question).optional && !question.column) {
    return advance(talk, leaveBlank(open, field, talk.facts), [wording.leftBlank])
  }
  const missing = missingFields(form, open)
  if (missing.length === 1 && missing[0] === field) return ask(talk, open, [wording.onlyOneLeft])
  const postponed = [...open.postponed.filter((id) => id !== field.id), field.id]
  return advance(talk, { ...open, postponed }, [wording.postponed])
}

function explain(talk: Talk, draft: Draft, form: FormDefinition): Turn {
  const question = currentQuestion(form, draft)
  if (!question || talk.session.pending?.type === 'readBack') return standing(talk, [human(talk)])
  const times = talk.session.explained + 1
  const field = asked(question)
  const lead = wording.join(
    isBetweenRows(question) ? question.field.explain : field.explain,
    wording.example(isBetweenRows(question) ? question.field.example : field.example),
    times >= 2 && wording.needsHuman,
  )
  return standing({ ...talk, session: { ...talk.session, explained: times } }, [lead])
}

function progress(draft: Draft, form: FormDefinition): string {
  const { fields, next } = walkDraft(form, draft)
  const done = fields.filter((field) => openQuestion(field, draft.answers) === undefined).length
  const sitting = form.sittings.find(({ id }) => id === (next?.field.sitting ?? form.sittings.at(-1)?.id))
  return wording.progress(done, fields.length, sitting?.title ?? '')
}
