import { looksLikeChatter, looksLikeQuestion as soundsLikeQuestion } from '../forms/question-words.ts'
import { search, SURE, type Index } from './search.ts'
import { bareText } from './plain.ts'

const OUTRIGHT = /[?？]|吗[。!！]?$|请问|想问|问一下/

/**
 * How surely a message is a question about filing and not an answer in the interview, 0 to 1. Words that ask count
 * most; an article that fits well speaks for a question even without them (到期咋办).
 */
export function looksLikeQuestion(text: string, index: Index): number {
  const bare = bareText(text)
  if (bare === '' || looksLikeChatter(text)) return 0
  const sounds = OUTRIGHT.test(text) ? 0.6 : soundsLikeQuestion(text) ? 0.45 : 0
  const [hit] = search(index, text)
  const known = hit === undefined ? 0 : Math.min(1, hit.score / (SURE * 2))
  return Math.min(1, sounds + 0.4 * known)
}
