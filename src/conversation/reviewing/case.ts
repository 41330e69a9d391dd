import {
  answersBefore,
  grantOf,
  isOpen,
  organizationIdOf,
  statusOf,
  waitsFor,
  type Filing,
} from '../../filings/filing.ts'
import type { Day } from '../../clock.ts'
import { precheck } from '../../filings/precheck.ts'
import { organizationOf } from '../../filings/organization.ts'
import type { Answers } from '../../forms/answers.ts'
import type { Field } from '../../forms/definition.ts'
import { walk } from '../../forms/walk.ts'
import type { Card } from '../../messages.ts'
import { cardOf, say } from '../interview/asking.ts'
import { answerText } from '../interview/answer-text.ts'
import { documentsOf } from '../interview/read-back.ts'
import type { Talk } from '../talk.ts'
import { formFor, formOf, type Facts, type Turn } from '../turn.ts'
import { custodyLines } from './custody.ts'
import { mayAsOffice } from './may-as-office.ts'
import { mendedLines } from './mended.ts'
import { opinionLines } from './opinions.ts'
import { seen } from './seen.ts'
import { isMine } from './todo.ts'
import { statusInWords, words } from './words.ts'

const PER_PAGE = 10

/**
 * A case in pages: what the machine checked, then what was said, masked; on the first page with the
 * papers, masked as well. */
export function showCase(talk: Talk, filing: Filing, page: number): Turn {
  const { facts } = talk
  const form = formFor(facts, filing)
  const { fields } = walk(form, filing.answers)
  const pages = 1 + Math.ceil(fields.length / PER_PAGE)
  const number = Math.min(Math.max(page, 0), pages - 1)
  const lines =
    number === 0
      ? checkLines(talk, filing)
      : fields
          .slice((number - 1) * PER_PAGE, number * PER_PAGE)
          .map(
            (field, index) => `${(number - 1) * PER_PAGE + index + 1}. ${answerLine(field, filing, facts)}`,
          )
  const isLast = number === pages - 1
  const mine = isMine(filing, facts)
  const text = [
    words.head(
      filing.organizationName,
      filing.caseNumber,
      words.kinds[filing.kind],
      statusInWords(filing),
      number + 1,
      pages,
    ),
    ...lines,
    ...(isLast ? [] : [words.nextPage]),
    ...(mine ? [words.acts(filing.caseNumber, waitsFor(filing), statusOf(filing))] : []),
    ...(mayAsOffice(filing, 'readPersonal', facts).ok ? [words.original(filing.caseNumber)] : []),
  ].join('\n')
  const papers = number === 0 ? documentsOf(form, 'filing', filing.id, filing.answers, facts) : []
  const documents = papers.map((document) => ({ ...document, masked: true as const }))
  const buttons = [
    ...(isLast ? [] : [say('下一页')]),
    ...(mine ? words.buttons(filing.caseNumber, waitsFor(filing), statusOf(filing)) : []).map(
      ([phrase, name]) => say(phrase, name),
    ),
  ]
  const card = cardOf(
    `${filing.id}@${facts.newId()}`,
    filing.organizationName,
    statusInWords(filing),
    buttons,
  )
  return {
    session: seen(
      { ...talk.session, pending: { type: 'case', id: filing.id, page: number }, card: card.id },
      [filing],
      true,
    ),
    reply: { text, documents, ...(buttons.length > 0 ? { card } : {}) },
    effects: [],
  }
}

/** What this person can do with the case now, each to be tapped. */
export function stepCard(filing: Filing, facts: Facts): Card | undefined {
  const buttons = isMine(filing, facts)
    ? words.buttons(filing.caseNumber, waitsFor(filing), statusOf(filing))
    : []
  if (buttons.length === 0) return undefined
  return cardOf(
    facts.newId(),
    filing.organizationName,
    statusInWords(filing),
    buttons.map(([phrase, name]) => say(phrase, name)),
  )
}

/** What is on record beside this filing; of a change that was decided, what was when it began. */
function onRecord(filing: Filing, { cases = [], today }: Facts): { answers: Answers; validUntil?: Day } {
  const id = organizationIdOf(filing)
  const chain = cases.filter((other) => organizationIdOf(other) === id && other.id !== filing.id)
  const organization = organizationOf(chain, today)
  if (organization && isOpen(filing)) {
    const { answers, validUntil } = organization
    return { answers, validUntil }
  }
  return { answers: filing.kind === 'renewal' ? (organization ?? filing).answers : answersBefore(filing) }
}

/** One answer as it is now; of a change also as it was. */
function answerLine(field: Field, filing: Filing, facts: Facts): string {
  const said = `${field.label}：${answerText(field, filing.answers, facts)}`
  const change = filing.changes?.find((one) => one.field === field.id)
  return change?.before === undefined
    ? said
    : `${said}\n   ${words.before(answerText(field, { [field.id]: change.before }, facts))}`
}

/** The pre-check sheet: words and marks, never colour alone. */
function checkLines({ facts }: Pick<Talk, 'facts'>, filing: Filing): string[] {
  const marks = { ok: '✔', warning: '！', error: '✘' } as const
  const grant = grantOf(filing)
  const form = formFor(facts, filing)
  const own = organizationIdOf(filing)
  const others = (facts.cases ?? []).filter((other) => organizationIdOf(other) !== own)
  const findings = precheck(filing, form, {
    today: facts.today,
    jurisdiction: facts.pack.jurisdiction,
    names: facts.pack.names,
    others: others.map(({ organizationName }) => organizationName),
    ...(form.record === undefined
      ? {}
      : { record: { form: formOf(facts, form.record), ...onRecord(filing, facts) } }),
  })
  return [
    ...(grant ? [words.valid(grant.filingNumber, grant.validUntil)] : []),
    ...opinionLines(filing, facts),
    ...mendedLines(filing, facts),
    words.precheck,
    ...findings.map(({ level, label, words: said }) => `${marks[level]} ${label}：${said}`),
    ...custodyLines(filing, facts),
  ]
}
