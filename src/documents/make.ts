import type { Answers } from '../forms/answers.ts'
import type { FormDefinition, Paper } from '../forms/definition.ts'
import type { DocumentRef } from '../messages.ts'
import { assertSheetMatches, makeSheet } from './make-sheet.ts'
import type { Templates } from './templates.ts'
import type { FieldTypes } from '../forms/field-type.ts'
import { paperValues, type Values } from './values.ts'
import { assertMatches, fillWord, type WordTemplate } from './word.ts'

export type MadeDocument = { bytes: Buffer; contentType: string }

const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** Everything one document is made from. */
export type Making = {
  form: FormDefinition
  paper: Paper
  format: Exclude<DocumentRef['format'], 'png'>
  answers: Answers
  types: FieldTypes
  templates: Templates
}

/**
 * Makes one paper of a form from the answers as they are, reads it back and compares it with them. Throws
 * DocumentMismatch when the file does not say what the answers say.
 */
export async function makeDocument({
  form,
  paper,
  format,
  answers,
  types,
  templates,
}: Making): Promise<MadeDocument> {
  const values = paperValues(form, paper, answers, types)
  switch (format) {
    case 'xlsx': {
      const bytes = await makeSheet(paper, values)
      await assertSheetMatches(bytes, paper, values)
      return { bytes, contentType: `${OFFICE}.spreadsheetml.sheet` }
    }
    case 'docx': {
      const template = templates.get(paper.template)
      if (!template) throw new Error(`the template ${paper.template} is not loaded`)
      return makeWord(template, values)
    }
  }
}

/** Fills a Word file of the pack and reads it back. Throws DocumentMismatch. */
export function makeWord(template: WordTemplate, values: Values): MadeDocument {
  const bytes = fillWord(template, values)
  assertMatches(bytes, template, values)
  return { bytes, contentType: `${OFFICE}.wordprocessingml.document` }
}
