import { z } from 'zod'
import { valueOf, type Answers } from '../../forms/answers.ts'
import { clean } from '../../forms/said.ts'

/** What a charter has in common with the filing form (附件1). */
export type CharterRecord = {
  /** Full name. */
  name: string | undefined
  /** 业务范围 item by item. */
  scope: string[]
  /** Positions of the leaders, the principal's first, each once. */
  positions: string[]
  /** Positions in the roster that sound like a leader's: 副队长, 秘书长. */
  rosterPositions: string[]
}

const Name = z.object({ full: z.string() })
const Positions = z.object({ rows: z.array(z.object({ position: z.string().nullish() })) })

/** Reads the answers of the filing form (`initial`); what is missing there is missing here. */
export function charterRecord(answers: Answers): CharterRecord {
  const text = (field: string): string => {
    const value = valueOf(answers, field)
    return typeof value === 'string' ? value : ''
  }
  const positionsOf = (field: string): string[] => {
    const rows = Positions.safeParse(valueOf(answers, field))
    return rows.success ? rows.data.rows.map(({ position }) => position ?? '') : []
  }
  const name = Name.safeParse(valueOf(answers, 'organizationName'))
  return {
    name: name.success ? name.data.full : undefined,
    scope: splitItems(text('businessScope')),
    positions: distinct([text('principalPosition'), ...positionsOf('officers')]),
    rosterPositions: distinct(positionsOf('roster').filter((position) => position.endsWith('长'))),
  }
}

const distinct = (words: string[]): string[] => [
  ...new Set(words.map((word) => word.trim()).filter((word) => word !== '')),
]

const NUMBER =
  /(?:^|(?<=[\s,，。；;:：、]))(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．)）](?!\d)|[一二三四五六七八九十]{1,3}[、．.]|[①-⑳])\s*/gu

/** 业务范围 as people write it, one item for each clause between semicolons, stops, lines or numbers. */
export const splitItems = (text: string): string[] =>
  clean(text)
    .replace(NUMBER, '\n')
    .split(/[；;。\n]+/u)
    .map((item) => item.replace(/^[\s,，、:：.．]+|[\s,，、:：.．]+$/gu, ''))
    .filter((item) => item !== '')
