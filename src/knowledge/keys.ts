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

/** How many characters of the question the key explains; 0 when it does not fit. `says` tells whether a word was said. */
export function fit(key: Key, says: (word: string) => boolean): number {
  if (key.all.length === 0 || key.none.some(says)) return 0
  let explained = 0
  for (const group of key.all) {
    const said = group.filter(says)
    if (said.length === 0) return 0
    explained += Math.max(...said.map((word) => word.length))
  }
  return explained
}
