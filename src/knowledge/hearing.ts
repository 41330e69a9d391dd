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
  const soundOf = new Map(sounds.flatMap((line) => [...line].map((sign) => [sign, [...line][0]] as const)))
  /** One character for every sign, the same for those that sound alike. */
  const spoken = (signs: string[]): string =>
    signs.map((sign) => soundOf.get(sign) ?? (sign.length === 1 ? sign : OTHER)).join('')
  const words = heard
    .map((word) => [...word])
    .sort((a, b) => b.length - a.length)
    .map((word) => ({ word, sound: spoken(word) }))
  const isMeant = (signs: string[], at: number, word: string[]): boolean =>
    word.some((sign, offset) => signs[at + offset] === sign) &&
    !notHeard.some((other) =>
      signs
        .slice(Math.max(0, at - 1), at + word.length + 2)
        .join('')
        .includes(other),
    )
  return (text) => {
    const signs = [...text]
    const said = spoken(signs)
    for (const { word, sound } of words) {
      for (let at = said.indexOf(sound); at >= 0; at = said.indexOf(sound, at + 1)) {
        if (isMeant(signs, at, word)) signs.splice(at, word.length, ...word)
      }
    }
    return signs.join('')
  }
}

/** What sounds like no word. */
const OTHER = '\uFFFD'
