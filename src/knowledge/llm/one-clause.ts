import { comparable, GLUE, hasNumber, namesIn, numbersIn } from './facts-said.ts'

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' })

/** Shares are told apart by what is done by them: 2/3以上到会, 半数以上同意. */
const HALF = /(?:半数|一半|过半|多数)(?:以上)?/gu

/**
 * Whether every clause that holds a number, a share, an office or a place says of it what one clause of the passage
 * says: 城市社区8个、农村社区4个 with the two numbers exchanged has every word of the passage and is wrong.
 */
export function standsInOneClause(written: string, passage: string): boolean {
  const source = comparable(passage)
  const clauses = clausesOf(passage)
  return saidIn(written.replace(/【[^】]*】/g, '')).every((said) => {
    const numbers = numbersIn(said)
    const facts = [...numbers, ...(said.match(HALF) ?? [])]
    const names = namesIn(said)
    if (facts.length === 0 && names.length === 0) return true
    const words = wordsOf(said).filter((word) => source.includes(word))
    return clauses.some(
      (clause) =>
        numbers.every((number) => hasNumber(clause, number)) &&
        names.every((name) => clause.includes(name)) &&
        words.every((word) => clause.includes(word)) &&
        facts.every((fact) => isBeside(fact, said, clause)),
    )
  })
}

const hasFact = (clause: string): boolean =>
  /\d/.test(clause) || clause.search(HALF) >= 0 || namesIn(clause).length > 0

const saidIn = (text: string): string[] =>
  comparable(text)
    .split(/[。;!?:,、]/)
    .filter((clause) => clause !== '')

/** 农村4个、城市8个 are two clauses; 街道、居委会各1份 is one. */
const BETWEEN = /,|(?<=\d[^、,]*)、(?=[^、,]*\d)/u

/** Clauses, each with what was said before a colon of it: 审核备案后：街道留一份，居委会留一份. */
function clausesOf(text: string): string[] {
  let heading = ''
  return text.split('\n').flatMap((written) => {
    const line = comparable(written)
    const isItem = /^\d{1,2}[.、]/.test(line)
    if (!isItem) heading = line.endsWith(':') ? line : ''
    return line.split(/[。;!?]/).flatMap((sentence) => {
      const [, lead = '', rest = sentence] = /^(.*:)(.+)$/u.exec(sentence) ?? []
      const clauses = rest.split(BETWEEN).filter((clause) => clause !== '')
      // 2/3以上的成员到会，会才开得成: what tells nothing countable goes with all of the sentence.
      const shared = clauses.filter((clause) => !hasFact(clause)).join('')
      return clauses.map((clause) => `${isItem ? heading : ''}${lead}${clause}，${shared}`)
    })
  })
}

const wordsOf = (clause: string): string[] =>
  [...SEGMENTER.segment(clause.replace(GLUE, ' '))]
    .map(({ segment }) => segment)
    .filter((word) => /^\p{Script=Han}{2,}$/u.test(word))

/** Whether the same stands right before the number or right behind it, or nothing stands there. */
function isBeside(fact: string, said: string, clause: string): boolean {
  const around = (text: string): { before: string; behind: string }[] =>
    placesOf(fact, text).map((at) => ({
      before: bare(text.slice(0, at)).slice(-1),
      behind: bare(text.slice(at + fact.length)).slice(0, 1),
    }))
  return around(said).every(({ before, behind }) =>
    around(clause).some(
      (there) =>
        (before === '' && behind === '') ||
        (before !== '' && before === there.before) ||
        (behind !== '' && behind === there.behind),
    ),
  )
}

const bare = (text: string): string => text.replace(GLUE, '').replace(/[^\p{Script=Han}\d]/gu, '')

function placesOf(piece: string, text: string): number[] {
  const places: number[] = []
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1)) places.push(at)
  return places
}
