/**
 * Words that were heard or typed wrong and sound right: 备岸 for 备案. A word of the document is put in where every
 * character sounds like its own and at least one is its own.
 */
export function makeHearing(
  /** Characters that sound alike, a line each. */
  sounds: string[],
  /** The words to listen for. */
  heard: string[],
  /** What sounds like one of them and is another word: 到齐 is not 到期. */
  notHeard: string[],
): (text: string) => string {
  const soundOf = new Map(sounds.flatMap((line, sound) => [...line].map((sign) => [sign, sound] as const)))
  const alike = (a: string, b: string) => a === b || (soundOf.has(a) && soundOf.get(a) === soundOf.get(b))
  const words = heard.map((word) => [...word]).sort((a, b) => b.length - a.length)
  const isMeant = (signs: string[], at: number, word: string[]): boolean =>
    word.every((sign, offset) => alike(signs[at + offset] ?? '', sign)) &&
    word.some((sign, offset) => signs[at + offset] === sign) &&
    !notHeard.some((other) =>
      signs
        .slice(Math.max(0, at - 1), at + word.length + 2)
        .join('')
        .includes(other),
    )
  return (text) => {
    const signs = [...text]
    for (const word of words) {
      for (let at = 0; at + word.length <= signs.length; at++) {
        if (isMeant(signs, at, word)) signs.splice(at, word.length, ...word)
      }
    }
    return signs.join('')
  }
}
