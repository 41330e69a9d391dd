import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FormDefinition } from '../forms/definition.ts'
import { openTemplate, type WordTemplate } from './word.ts'

/** The Word files of a pack, by their path inside it. */
export type Templates = ReadonlyMap<string, WordTemplate>

/** Reads every Word file the papers of the forms name. Rejects when one is missing or malformed. */
export async function loadTemplates(folder: string, forms: FormDefinition[]): Promise<Templates> {
  const names = [...new Set(forms.flatMap((form) => form.papers.map((paper) => paper.template)))]
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, openTemplate(await readFile(path.join(folder, name)))] as const),
    ),
  )
}
