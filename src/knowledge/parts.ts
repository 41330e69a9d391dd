import { looksLikeQuestion } from '../forms/question-words.ts'

/** So many questions of one message are answered; who asked more is told. */
export const MOST_PARTS = 5

const lengthOf = (text: string): number => [...text].length

/** Two or more of them number what is asked: 1、要几份 2、交给谁. A date or a sum is followed by its unit. */
const NUMBERED = /(?:^|[\s,，。;；?？])[(（]?\d[.、)）．](?!\d)/g

/** The questions of one message, in order, however many: 要几份?交给谁? */
export function partsOf(message: string): string[] {
  const listed = (message.match(NUMBERED)?.length ?? 0) > 1 ? message.replace(NUMBERED, '\n') : message
  const sentences = listed
    .split(/[?？!！。;；\n]+|(?:还有就?是?|另外|再问一下|再问|顺便问一?下?|还想问)[,，、]?/)
    .map((part) => part.replace(/^[,，、\s]+|[,，、\s]+$/g, ''))
    .filter((part) => lengthOf(part) >= 2)
  return sentences.flatMap(clauses)
}

/** Shorter signs of asking than a message by itself would show. */
const ASKS = /哪|啥|咋|几|多少|谁|吗|么|[不没]$/

/** 要几份,管几年 要不要钱: clauses that each ask on their own; who dictates says no comma. */
function clauses(sentence: string): string[] {
  const pieces = sentence.split(/[,，、\s]/).filter((piece) => piece.trim() !== '')
  const eachAsks = pieces.every(
    (piece) => lengthOf(piece) >= 3 && (looksLikeQuestion(piece) || ASKS.test(piece)),
  )
  return pieces.length > 1 && eachAsks ? pieces : [sentence]
}
