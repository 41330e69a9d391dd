import type { Values } from './values.ts'

/** What a cell of the finished file must say, and the tags that say it. */
export type ExpectedCell = { text: string; tags: string[] }

const TAG = /\{\{\s*([#/]?)\s*([^{}]*?)\s*\}\}/g

/** A tag of a template: a value, or the start or end of a repeating part. */
export type Tag = { mark: '' | '#' | '/'; name: string }

export const tagsOf = (text: string): Tag[] =>
  [...text.matchAll(TAG)].map(([, mark, name]) => ({ mark: mark as Tag['mark'], name: name ?? '' }))

/** The name of the loop a row starts or ends, when it says nothing else. */
const loopMark = (row: string[], mark: '#' | '/'): string | undefined => {
  if (row.length !== 1) return undefined
  const [tag, ...more] = tagsOf(row[0] ?? '')
  const alone = tag?.mark === mark && more.length === 0 && row[0]?.replace(TAG, '').trim() === ''
  return alone ? tag.name : undefined
}

/**
 * What a template filled with `values` must read like, worked out from its text alone, apart from the way it is
 * filled. A repeating part is one table row, or the paragraphs and rows between two paragraphs with its tags.
 */
export function expectedRows(template: string[][], values: Values): ExpectedCell[][] {
  const rows: ExpectedCell[][] = []
  for (let index = 0; index < template.length; index++) {
    const row = template[index] ?? []
    const name = loopMark(row, '#')
    if (name !== undefined) {
      const end = template.findIndex((later, at) => at > index && loopMark(later, '/') === name)
      const body = template.slice(index + 1, end === -1 ? undefined : end)
      for (const item of itemsOf(values, name)) rows.push(...expectedRows(body, { ...values, ...item }))
      index = end === -1 ? template.length : end
      continue
    }
    const loop = tagsOf(row.join('')).find((tag) => tag.mark === '#')
    if (!loop) rows.push(row.map((cell) => expectedCell(cell, values)))
    else {
      for (const item of itemsOf(values, loop.name)) {
        rows.push(row.map((cell) => expectedCell(cell, { ...values, ...item })))
      }
    }
  }
  return rows
}

const itemsOf = (values: Values, name: string): Values[] => {
  const items = values[name]
  return Array.isArray(items) ? items : []
}

const expectedCell = (cell: string, values: Values): ExpectedCell => ({
  text: cell.replace(TAG, (_, mark: string, name: string) => {
    const value = values[name]
    return mark === '' && typeof value === 'string' ? value : ''
  }),
  tags: tagsOf(cell).flatMap((tag) => (tag.mark === '' ? [tag.name] : [])),
})
