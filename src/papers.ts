import type { Bot } from './bot.ts'
import { makeDocument, type MadeDocument } from './documents/make.ts'
import { mayAct } from './directory/may-act.ts'
import { masking } from './documents/masking.ts'
import type { Answers } from './forms/answers.ts'
import type { DocumentRef, UserId } from './messages.ts'

/**
 * Makes a document from the record it belongs to, as that record is now, read back and compared.
 * Undefined when the person has no such record any more.
 */
export async function openDocument(
  document: DocumentRef,
  person: UserId,
  bot: Bot,
): Promise<MadeDocument | undefined> {
  const record = await bot.store.transact<{ form: string; answers: Answers } | undefined>(async (tx) => {
    if (document.of === 'filing') {
      const filing = await tx.findFiling(document.id)
      const may = document.masked ? 'see' : 'readPersonal'
      const allowed = filing && mayAct(bot.directory.current(), person, may, filing).ok
      return allowed ? { form: filing.form.id, answers: filing.answers } : undefined
    }
    const draft = (await tx.getSession(person)).drafts.find(({ id }) => id === document.id)
    if (draft) return { form: draft.form, answers: draft.answers }
    // A preview link outlives the draft: what was submitted under its id is the same paper.
    const filing = await tx.findFiling(document.id)
    return filing?.applicant === person ? { form: filing.form.id, answers: filing.answers } : undefined
  })
  const form = record && bot.pack.forms.find(({ id }) => id === record.form)
  const paper = form?.papers.find(({ id }) => id === document.paper)
  if (!record || !form || !paper) return undefined
  return makeDocument({
    form,
    paper,
    format: document.format,
    answers: record.answers,
    types: document.masked ? masking(bot.types) : bot.types,
    templates: bot.templates,
  })
}
