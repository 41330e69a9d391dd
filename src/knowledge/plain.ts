/** The bare signs of a question: what stays when width, case, spaces and punctuation are taken away. */

/** Letters, digits and Han only, half-width and in lower case; % and / stay because numbers use them. */
export const bareText = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll('⁄', '/')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%/×]/gu, '')

/** A label as it is compared: 附件4第十三条(四) and 附件4第十三条四 are the same. */
export const bareLabel = (label: string): string => bareText(label)
