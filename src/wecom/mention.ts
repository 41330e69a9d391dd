/** In groups the text carries the robot's name; path 100719 gives no list of mentions and no fixed separator. */

/** Blank characters seen after a name, among them U+2005 and the invisible U+200B. */
const BLANKS = /^[\s\u200b]+/
const EDGES = /^[\s\u200b]+|[\s\u200b]+$/g

/** The text without `@name` of the robot, wherever it stands; an unknown name at the start goes as well. */
export function withoutMention(text: string, robotName: string): string {
  const trimmed = text.replace(EDGES, '')
  const mention = `@${robotName}`
  for (let at = trimmed.indexOf(mention); at >= 0; at = trimmed.indexOf(mention, at + 1)) {
    const rest = trimmed.slice(at + mention.length)
    // 备案助手 is not mentioned by @备案助手二号.
    if (rest === '' || BLANKS.test(rest)) {
      return (trimmed.slice(0, at) + rest.replace(BLANKS, '')).replace(EDGES, '')
    }
  }
  if (trimmed.startsWith(mention)) return trimmed.slice(mention.length)
  return trimmed.replace(/^@[^\s\u200b]+[\s\u200b]*/, '')
}
