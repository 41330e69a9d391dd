import { chineseNumeral } from './numerals.ts'

/** Something in a charter that a person should look at. */
export type CharterFinding = {
  /** 1 to 19; 0 for the charter as a whole. */
  article: number
  /** `hard` must be put right, `soft` is to be looked at (domain notes 14). */
  level: 'hard' | 'soft'
  rule:
    | 'articles'
    | 'leftover'
    | 'name'
    | 'place'
    | 'office'
    | 'category'
    | 'scope'
    | 'purpose'
    | 'fee'
    | 'numbering'
    | 'meetings'
    | 'quorum'
    | 'titles'
    | 'leaderBody'
    | 'distribution'
    | 'level'
    | 'adopted'
    | 'wording'
  /** What is wrong and what to do, one or two short sentences. */
  words: string
}

/** `第十二条（要改）：…` */
export const findingLine = ({ article, level, words }: CharterFinding): string =>
  `${article === 0 ? '全文' : `第${chineseNumeral(article)}条`}（${level === 'hard' ? '要改' : '请核对'}）：${words}`
