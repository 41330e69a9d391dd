import { comparable, GLUE, hasNumber, namesIn, numbersIn } from './facts-said.ts'
import { standsInOneClause } from './one-clause.ts'

/** Whether what a model wrote says nothing that does not stand in the passage it was given. */
export type Grounded = { ok: true; text: string } | { ok: false; why: string }

const LEAST = 6
const MOST = 160
/** Of the pairs of characters in a sentence, how many must stand in the passage. */
const COVERED = 0.55

/**
 * Every number with its unit, every bound (以内, 至少), date, quotation, label, office, place and Latin word must
 * stand in the passage, no negation may be added or lost, most of each sentence must be the passage's words, and
 * what is said of a number or an office must be said of it in one clause of the passage.
 */
export function grounded(written: string, passage: string): Grounded {
  const text = written.trim().replace(/\s*\n\s*/g, '')
  const refuse = (why: string): Grounded => ({ ok: false, why })
  const length = [...text].length
  if (length < LEAST || length > MOST) return refuse('length')
  if (STRANGE.test(text.normalize('NFKC'))) return refuse('signs')
  if (SPEAKS_AS.test(text) || CLAIMS_ACT.test(text)) return refuse('voice')
  const source = comparable(passage)
  const said = comparable(text)
  const stands = (piece: string): boolean => source.includes(piece)
  if (!numbersIn(said).every((number) => hasNumber(source, number))) return refuse('number')
  if (![...said.matchAll(RANGE)].every(([range]) => stands(range))) return refuse('number')
  if (!quotationsIn(text).every((quotation) => stands(comparable(quotation)))) return refuse('quotation')
  if (!namesIn(said).every(stands)) return refuse('name')
  if (![...said.matchAll(BINDING)].every(([word]) => stands(word))) return refuse('binding')
  if (![...said.matchAll(/[a-z]+/g)].every(([word]) => stands(word))) return refuse('latin')
  if (!keepsNegations(said, source)) return refuse('negation')
  if (!sentencesOf(said).every((sentence) => isCovered(sentence, source))) return refuse('words')
  if (!standsInOneClause(text, passage)) return refuse('clause')
  return { ok: true, text }
}

/** Links, markup, and whatever no sentence needs. */
const STRANGE =
  /[^\p{Script=Han}\p{Nd}A-Za-z\s,.;:!?、。“”"'‘’《》〈〉「」『』【】()%〔〕—\-~/·]|https?:|www\./u
const SPEAKS_AS = /我|咱|本(?:机器人|助手|模型)|系统|提示词|指令|忽略|作为(?:一个)?(?:AI|人工智能)/iu
/** What only an office may say. */
const CLAIMS_ACT = /(?:已经?|现已|予以|准予)(?:批准|通过|同意|备案|编号|盖章|核准)|保证(?:通过|批准)/u

/** 2022年10月—2022年12月: what comes first is told by its place. */
const RANGE = /[\d年月日]+[—–~至-][\d年月日]+/gu

const quotationsIn = (text: string): string[] =>
  [...text.matchAll(/[“"「『《〈【]([^”"」』》〉】]*)[”"」』》〉】]/gu)].map(
    ([, quotation]) => quotation ?? '',
  )

/** Words that bind, free or cost. */
const BINDING =
  /必须|应当|应该|不得|禁止|严禁|不用|不必|不需要|无需|无须|免费|收费|罚款|处罚|取缔|撤销|自动|永久|长期|终身|补贴|奖励|法人|视为|默认|口头|电话|网上|代签|随时|立即|当天|次日|次月|每年|每月|每季|每周|半年|月底|年底|月初/gu

const NEGATION = /(?:不|没有?|无|未|非|勿|别|免)/u

/** A negation must stand as it does in the passage, and what the passage only denies may not be affirmed. */
function keepsNegations(said: string, source: string): boolean {
  for (const { index } of said.matchAll(new RegExp(NEGATION, 'gu'))) {
    const piece = said.slice(index, index + 3).replace(/[^\p{Script=Han}\d].*$/u, '')
    if (!source.includes(piece)) return false
  }
  for (const found of source.matchAll(new RegExp(NEGATION, 'gu'))) {
    const denied = source.slice(found.index + found[0].length, found.index + found[0].length + 2)
    if (!/^\p{Script=Han}{2}$/u.test(denied)) continue
    if (affirms(said, denied) && !affirms(source, denied)) return false
  }
  return true
}

function affirms(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    if (!new RegExp(`${NEGATION.source}$`, 'u').test(text.slice(Math.max(0, at - 2), at))) return true
  }
  return false
}

const sentencesOf = (said: string): string[] => said.split(/[。!?;；！？]/u).filter((part) => part !== '')

function isCovered(sentence: string, source: string): boolean {
  const pieces = sentence.replace(GLUE, ' ').split(/[^\p{Script=Han}\d]+/u)
  const pairs = pieces.flatMap((piece) =>
    [...piece].slice(1).map((sign, at) => `${[...piece][at] ?? ''}${sign}`),
  )
  if (pairs.length === 0) return true
  return pairs.filter((pair) => source.includes(pair)).length / pairs.length >= COVERED
}
