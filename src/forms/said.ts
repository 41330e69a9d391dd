/** The surface of what people type: width, spaces, control characters, polite wrapping. No meaning yet. */

/** Full-width ASCII to half-width, the ideographic space to a space. Chinese 。、 stay. */
export const halfWidth = (text: string): string =>
  text
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\u2000-\u200A\u202F]/g, ' ')

/** What makes a key of a digit: 2️⃣. */
const KEYCAP = /(?<=[\d#*])\uFE0F?\u20E3/gu

/** Without control and invisible characters; line ends as \n; spaces collapsed; trimmed. */
export const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(KEYCAP, '')
    .replaceAll('🔟', '10')
    // Not all of \p{C}: a rare character of a name may be unassigned in this Unicode version.
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim()

/** Most of what is said has nothing in it that `clean` or `halfWidth` would change, and is looked at many times. */
const PLAIN = /^[\u4E00-\u9FFF\w、。,.:;()-]+(?: [\u4E00-\u9FFF\w、。,.:;()-]+)*$/

/** What readers look at: clean and half-width. */
export const plain = (text: string): string => (PLAIN.test(text) ? text : clean(halfWidth(text)))

const PUNCTUATION = /[\s,.;:!?'"()[\]<>、。《》〈〉“”‘’【】「」…—~_*#-]+/g

/** Letters, digits and Han only: for comparing with a list of words. */
export const bare = (text: string): string => plain(text).replace(PUNCTUATION, '')

/** Pieces between commas, stops, spaces and line ends. */
export const pieces = (text: string): string[] =>
  plain(text)
    .split(/[\s,.;:、。;|/]+/)
    .filter((piece) => piece !== '')

/** How many characters a person would count. */
export const lengthOf = (text: string): number => [...text].length

export const HAN = /\p{Script=Han}/u
