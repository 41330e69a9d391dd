import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { openTemplate, type WordTemplate } from './word.ts'

type Templated = {
  folder: string
  forms: { papers: { template: string }[] }[]
  monthlyReports: { collected: string }
}

/** The Word files of a pack, by their path inside it. */
export type Templates = ReadonlyMap<string, WordTemplate>

/** Reads every Word file the pack names. Rejects when one is missing or malformed. */
export async function loadTemplates({ folder, forms, monthlyReports }: Templated): Promise<Templates> {
  const papers = forms.flatMap((form) => form.papers.map((paper) => paper.template))
  const names = [...new Set([...papers, monthlyReports.collected])]
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, openTemplate(await readFile(path.join(folder, name)))] as const),
    ),
  )
}
