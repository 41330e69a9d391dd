import type { Bot } from './bot.ts'
import { openChart } from './papers/charts.ts'
import { dayOf } from './clock.ts'
import { mayAsOffice } from './conversation/reviewing/may-as-office.ts'
import type { Draft } from './conversation/session.ts'
import { makeCharter } from './documents/charter.ts'
import { makeDocument, type MadeDocument } from './documents/make.ts'
import { masking } from './documents/masking.ts'
import { composeCharter } from './filings/charter/compose.ts'
import { ACTIVITY_AREA, answersBefore, placeIn, type Filing } from './filings/filing.ts'
import { presentPlaceOf } from './receive/filings-at.ts'
import { placeByCode } from './filings/places.ts'
import type { Answers } from './forms/answers.ts'
import { printAnswers, printForm, recordNumber } from './forms/print-form.ts'
import { openList } from './papers/lists.ts'
import { withOfficePhones } from './papers/office-phones.ts'
import type { DocumentRef, UserId } from './messages.ts'
import type { Transaction } from './store/store.ts'

/** These list what somebody may see, as it is now. */
const LISTS: readonly DocumentRef['of'][] = ['ledger', 'reports', 'person', 'checklist']

/** What a paper is printed from: the answers, and those of the record they build on. */
type Printed = { form: string; answers: Answers; before: Answers }

/**
 * Makes a document from the record it belongs to, as that record is now, read back and compared.
 * Undefined when there is no such record any more or the person may not see it.
 */
export async function openDocument(
  document: DocumentRef,
  person: UserId,
  bot: Bot,
): Promise<MadeDocument | undefined> {
  if (LISTS.includes(document.of)) return openList(document, person, bot)
  if (document.of === 'chart') return openChart(document, person, bot)
  const { format } = document
  if (format === 'png') return undefined
  const printed = await bot.store.transact((tx) => findPrinted(document, person, bot, tx))
  const form = printed && bot.pack.forms.find(({ id }) => id === printed.form)
  if (!printed || !form) return undefined
  if (form.kind === 'charter') return composed(printed, bot)
  const record = bot.pack.forms.find(({ id }) => id === form.record)
  const whole = printForm(form, record)
  const paper = whole.papers.find(({ id }) => id === document.paper)
  if (!paper) return undefined
  return makeDocument({
    form: whole,
    paper,
    format,
    answers: printAnswers(form, record, printed.answers, printed.before, bot.types),
    types: withOfficePhones(document.masked ? masking(bot.types) : bot.types, bot.directory.current()),
    templates: bot.templates,
  })
}

/** The charter of 附件4; undefined while an answer it needs is missing. */
function composed({ answers, before }: Printed, { charter, pack }: Bot): MadeDocument | undefined {
  const area = before[ACTIVITY_AREA]
  const place = area && placeByCode(placeIn(area) ?? '', pack.jurisdiction)
  if (!place) return undefined
  const made = composeCharter(charter.text, pack.charterEdition, answers, before, place)
  return made.type === 'complete' ? makeCharter(made, charter.template) : undefined
}

async function findPrinted(
  document: DocumentRef,
  person: UserId,
  bot: Bot,
  tx: Transaction,
): Promise<Printed | undefined> {
  if (document.of === 'draft') {
    const draft = (await tx.getSession(person)).drafts.find(({ id }) => id === document.id)
    if (draft) return ofDraft(draft)
  }
  if (document.of !== 'filing') {
    // A preview link outlives the draft: the charter kept under its id is the same paper.
    const kept = (await tx.getSession(person)).charters.find(({ id }) => id === document.id)
    if (kept) return { form: document.paper, answers: kept.answers, before: kept.record }
  }
  // A preview link outlives the draft: what was submitted under its id is the same paper.
  const filing = await tx.findFiling(document.id)
  if (!filing) return undefined
  const movedTo = { [filing.id]: await presentPlaceOf(filing, dayOf(bot.clock.now()), tx) }
  const who = { staff: bot.directory.current(), person, movedTo }
  if (!mayAsOffice(filing, document.masked ? 'see' : 'readPersonal', who).ok) return undefined
  return ofFiling(filing)
}

const ofDraft = ({ form, answers, record }: Draft): Printed => ({
  form,
  answers,
  before: record ? { ...record.answers, ...recordNumber(record.number) } : {},
})

const ofFiling = (filing: Filing): Printed => ({
  form: filing.form.id,
  answers: filing.answers,
  before: answersBefore(filing),
})
