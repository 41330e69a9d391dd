import { loadTemplates } from '../../src/documents/templates.ts'
import { paperValues, type Values } from '../../src/documents/values.ts'
import type { WordTemplate } from '../../src/documents/word.ts'
import type { FormDefinition, Paper } from '../../src/forms/definition.ts'
import { loadPack } from '../../src/pack.ts'
import { answersOf, stubTypes } from './stub-types.ts'

export const pack = await loadPack('templates/liubei')
export const templates = await loadTemplates(pack)
export const form: FormDefinition = must(pack.forms.find(({ id }) => id === 'initial'))

export const paper = (id: string): Paper => must(form.papers.find((paper) => paper.id === id))
export const template = (id: string): WordTemplate => must(templates.get(paper(id).template))
export const valuesOf = (id: string, answers: Record<string, unknown>): Values =>
  paperValues(form, paper(id), answersOf(answers), stubTypes)

export function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('missing in the test pack')
  return value
}
