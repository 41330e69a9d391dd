import { bareText } from './plain.ts'

/**
 * Words that settle what a question is about, written as in a search box: a space means "and", a slash "or", a
 * minus in front "but not". `几天/多久 备案/审批 -有效` fits 备案几天能批.
 */
export type Key = { all: string[][]; none: string[] }

export function parseKey(text: string): Key {
  const groups = text.trim().split(/\s+/)
  const words = (group: string) =>
    group
      .split('/')
      .map(bareText)
      .filter((word) => word !== '')
  return {
    all: groups.filter((group) => !group.startsWith('-')).map(words),
    none: groups.filter((group) => group.startsWith('-')).flatMap((group) => words(group.slice(1))),
  }
}

/** The words of the question that fit, one of each group; none when the key does not fit. `says` tells whether a word was said. */
export function fit(key: Key, says: (word: string) => boolean): string[] {
  if (key.all.length === 0 || key.none.some(says)) return []
  const words = key.all.map((group) => longest(group.filter(says)))
  return words.includes('') ? [] : words
}

const longest = (words: string[]): string =>
  words.reduce((best, word) => (word.length > best.length ? word : best), '')
