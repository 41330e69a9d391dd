/** The bare signs of a question: what stays when width, case, spaces and punctuation are taken away. */

/**
 * Letters, digits and Han only, half-width and in lower case; % and / stay because numbers use them. Question words
 * of the street are written as in a book: 啥 is 什么, 咋 is
 * 怎么, 您 is 你.
 */
export const bareText = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll('⁄', '/')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%/×]/gu, '')
    .replace(/啥|咋个?|几多|您/g, (word) => SPOKEN[word[0] ?? ''] ?? word)

const SPOKEN: Record<string, string> = { 啥: '什么', 咋: '怎么', 几: '多少', 您: '你' }

/** A label as it is compared: 附件4第十三条(四) and 附件4第十三条四 are the same. */
export const bareLabel = (label: string): string => bareText(label)
