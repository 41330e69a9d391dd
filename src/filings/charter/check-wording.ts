import { oncePer } from '../../forms/once-per.ts'
import type { CharterFinding } from './finding.ts'
import { bareText, type ReadArticle } from './read-articles.ts'
import { modelParts, splitAtBlanks, type CharterText } from './text.ts'

type Guard = Pick<CharterFinding, 'level' | 'rule' | 'words'> & { article: number; clauses: string[] }

/** Clauses that carry a rule: one that is gone or altered is told by itself. */
const GUARDS: Guard[] = [
  {
    article: 2,
    clauses: ['遵守宪法法律法规和国家政策', '践行社会主义核心价值观', '遵守社会道德风尚', '遵守居民自治章程'],
    level: 'soft',
    rule: 'purpose',
    words:
      '宗旨开头“遵守宪法、法律、法规和国家政策，践行社会主义核心价值观，遵守社会道德风尚，遵守居民自治章程”要照写。',
  },
  {
    article: 12,
    clauses: ['全体成员会议应当有23以上的成员出席方能召开', '其决议须经到会成员半数以上表决通过方能生效'],
    level: 'hard',
    rule: 'quorum',
    words: '“2/3以上的成员出席方能召开”“到会成员半数以上表决通过”这两句要照示范文本写。',
  },
  {
    article: 15,
    clauses: ['不在成员之间分配', '任何单位和个人不得侵占私分或者挪用组织的财产'],
    level: 'hard',
    rule: 'distribution',
    words: '“不在成员之间分配”“不得侵占、私分或者挪用组织的财产”要照示范文本写。',
  },
  {
    article: 17,
    clauses: ['剩余财产用于本', '相关的公益事业', '或者捐赠给宗旨相近的社会组织'],
    level: 'hard',
    rule: 'distribution',
    words: '剩余财产只能用于公益事业，或者捐赠给宗旨相近的社会组织，要照示范文本写，不能分给成员。',
  },
]

/** Shorter pieces between two blanks stand in any text. */
const TELLING = 4

/** The fixed clauses of each article of a model, bare. */
const tellingClauses = oncePer((model: CharterText): string[][] =>
  model.articles.map((_, at) =>
    modelParts(model)
      .filter(({ article }) => article === at + 1)
      .flatMap(({ wordings }) => wordings.slice(0, 1).flatMap(clausesOf).map(bareText))
      .filter((clause) => clause.length >= TELLING),
  ),
)

/** How much of the fixed wording of each article of the model stands in a text, from 0 to 1. */
export function likenesses(text: string, model: CharterText): number[] {
  const said = bareText(text)
  return tellingClauses(model).map((clauses) =>
    clauses.length === 0 ? 0 : clauses.filter((clause) => said.includes(clause)).length / clauses.length,
  )
}

/** Most clauses told of one article. */
const MOST_TOLD = 3

/** Compares the fixed wording of each article with the model, clause by clause; either edition will do. */
export function wordingFindings(articles: ReadArticle[], model: CharterText): CharterFinding[] {
  return articles.flatMap(({ number, text }) => {
    const parts = modelParts(model).filter(({ article }) => article === number)
    const said = bareText(text)
    const missing = parts.flatMap(({ wordings }) =>
      fewest(wordings.map((wording) => missingClauses(wording, said))),
    )
    const guards = GUARDS.filter(
      ({ article, clauses }) =>
        article === number && missing.some((clause) => clauses.includes(bareText(clause))),
    )
    const others = missing.filter(
      (clause) => !guards.some(({ clauses }) => clauses.includes(bareText(clause))),
    )
    const findings: CharterFinding[] = guards.map(({ article, level, rule, words }) => ({
      article,
      level,
      rule,
      words,
    }))
    if (others.length > 0) {
      const told = others.slice(0, MOST_TOLD).map((clause) => `“${clause}”`)
      const more = others.length > MOST_TOLD ? `等${others.length}处` : ''
      findings.push({
        article: number,
        level: 'soft',
        rule: 'wording',
        words: `和示范文本不一样，少了或改了${told.join('、')}${more}。不是有意改的，请照示范文本补上。`,
      })
    }
    return findings
  })
}

const fewest = (candidates: string[][]): string[] =>
  candidates.reduce<string[] | undefined>(
    (best, missing) => (best === undefined || missing.length < best.length ? missing : best),
    undefined,
  ) ?? []

/** The clauses of one wording that the text does not have. */
const missingClauses = (wording: string, said: string): string[] =>
  clausesOf(wording).filter((clause) => !said.includes(bareText(clause)))

const clausesOf = (wording: string): string[] =>
  splitAtBlanks(wording)
    .filter((_, at) => at % 2 === 0)
    .flatMap((fixed) => fixed.split(/[，。；：\n]/u))
    .map((clause) => clause.replace(/^、|、$/gu, ''))
    .filter((clause) => bareText(clause) !== '')
