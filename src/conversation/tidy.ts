/** Nearly every message is nothing but these, and is looked at by all who may be meant. */
const TIDY = /^[\u4E00-\u9FFF\w]+$/

/** Width, case, white space and the punctuation people and dictation add at the ends. */
export const tidy = (text: string): string => (TIDY.test(text) ? text : tidied(text))

const tidied = (text: string): string =>
  text
    .normalize('NFKC')
    // 2️⃣ is the digit and two signs that make it a key.
    .replace(/\uFE0F?\u20E3/gu, '')
    .trim()
    .replace(/^[\s,.。,、!!??;;:“"'~…]+|[\s,.。,、!!??;;:”"'~…]+$/g, '')
