import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FormDefinition, Paper } from '../forms/definition.ts'
import type { Jurisdiction, Pack } from '../pack.ts'
import { printForm } from '../forms/print-form.ts'
import { checkCharterModel } from './charter.ts'
import { checkForm } from './check-form.ts'
import { checkTemplate } from './check-template.ts'
import type { Problem } from './problem.ts'
import { readWord } from './read-word.ts'
import type { FieldTypes } from '../forms/field-type.ts'

const LABELS = 'labels.txt'

/** Checks what the schemas of a pack's files cannot see: that its forms, Word files and places fit together. */
export async function checkPack(pack: Pack, types: FieldTypes): Promise<Problem[]> {
  const labels = await read(pack, LABELS)
  const known = new Set(
    labels
      ?.toString('utf8')
      .split(/\r?\n/)
      .filter((label) => label !== ''),
  )
  const problems: Problem[] = labels ? [] : [{ file: LABELS, place: '文件', text: '没有找到' }]
  for (const form of pack.forms) {
    const record = pack.forms.find(({ id }) => id === form.record)
    if (form.record !== undefined && !record)
      problems.push({ file: `forms/${form.id}.yaml`, place: 'record', text: `没有表“${form.record}”` })
    const whole = printForm(form, record)
    problems.push(...checkForm(form, whole, known, types))
    const texts: string[] = []
    for (const paper of form.papers) {
      const bytes = await read(pack, paper.template)
      if (!bytes) {
        problems.push({ file: paper.template, place: '文件', text: '没有找到' })
        continue
      }
      const found = await checkTemplate(whole, paper, bytes)
      problems.push(...found)
      if (found.length === 0) texts.push(readWord(bytes).flat().join('\n'))
    }
    problems.push(...declarationProblems(form, texts))
  }
  if (pack.forms.some(({ id }) => id === 'charter')) {
    problems.push(...(await checkCharterModel(pack.folder, known)))
  }
  return [...problems, ...placeProblems(pack.jurisdiction), ...wordProblems(pack)]
}

async function read(pack: Pack, file: Paper['template']): Promise<Buffer | undefined> {
  try {
    return await readFile(path.join(pack.folder, file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The declaration people sign must be the one they were read. Looked for once all files can be read. */
const declarationProblems = (form: FormDefinition, texts: string[]): Problem[] =>
  form.declaration === '' ||
  form.papers.length === 0 ||
  texts.length < form.papers.length ||
  texts.some((text) => text.includes(form.declaration))
    ? []
    : [{ file: `forms/${form.id}.yaml`, place: 'declaration', text: '和 Word 文件里印的声明不一样' }]

function placeProblems({ code, streets }: Jurisdiction): Problem[] {
  const problems: Problem[] = []
  const add = (place: string, text: string) => problems.push({ file: 'jurisdiction.yaml', place, text })
  const places = streets.flatMap((street) => [street, ...street.communities])
  const seen = new Map<string, string>()
  for (const place of places) {
    const other = seen.get(place.code)
    if (other !== undefined) add(place.name, `代码 ${place.code} 和“${other}”的一样`)
    seen.set(place.code, place.name)
  }
  for (const street of streets) {
    if (!street.code.startsWith(code)) add(street.name, `代码 ${street.code} 不是本区的（${code} 开头）`)
    const names = street.communities.map(({ name }) => name)
    for (const community of street.communities) {
      if (community.code.slice(0, 9) !== street.code.slice(0, 9))
        add(community.name, `代码 ${community.code} 不属于“${street.name}”`)
    }
    for (const name of new Set(names.filter((name, at) => names.indexOf(name) !== at))) add(name, '重复了')
  }
  return problems
}

function wordProblems({ notices, names }: Pack): Problem[] {
  const texts: [string, string, string][] = [
    ['notices.yaml', 'greeting', notices.greeting],
    ['notices.yaml', 'consent.version', notices.consent.version],
    ['notices.yaml', 'consent.text', notices.consent.text],
    ['notices.yaml', 'contacts.bureau.name', notices.contacts.bureau.name],
    ...Object.entries(names).flatMap(([key, words]) =>
      words.map((word, at): [string, string, string] => ['pack.yaml', `names.${key} 第${at + 1}个`, word]),
    ),
  ]
  return texts
    .filter(([, , text]) => text.trim() === '')
    .map(([file, place]) => ({ file, place, text: '是空的' }))
}
