/** Width, case, white space and the punctuation people and dictation add at the ends. */
export const tidy = (text: string): string =>
  text
    .normalize('NFKC')
    // 2️⃣ is the digit and two signs that make it a key.
    .replace(/\uFE0F?\u20E3/gu, '')
    .trim()
    .replace(/^[\s,.。,、!!??;;:“"'~…]+|[\s,.。,、!!??;;:”"'~…]+$/g, '')
