import { isOpen, type Filing } from '../../filings/filing.ts'
import { cardOf, say } from '../interview/asking.ts'
import { isNo, isYes } from '../yes-no.ts'
import { tidy } from '../tidy.ts'
import { standing } from '../standing.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Turn } from '../turn.ts'
import { wording } from '../wording.ts'

/** 撤回: which case, and once more whether. Nothing is withdrawn by this alone. */
export function withdraw(talk: Talk, which: string | undefined): Turn {
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  const open = talk.facts.filings.filter(isOpen)
  const meant = which
    ? open.filter((filing) => filing.caseNumber === which || filing.organizationName.includes(which))
    : open
  const [filing] = meant
  if (!filing) return standing(talk, [wording.nothingToWithdraw])
  if (meant.length === 1) return askWhether(talk, filing)
  const phrases = meant.map((filing) => `撤回${filing.caseNumber}`)
  const text = wording.join(
    wording.which,
    ...meant.map((filing, index) => `${index + 1}. ${filing.organizationName}（${filing.caseNumber}）`),
  )
  return turn({ ...talk.session, pending: { type: 'menu', phrases } }, text)
}

function askWhether(talk: Talk, { id, organizationName, caseNumber }: Filing): Turn {
  const text = wording.withdrawAsk(organizationName, caseNumber)
  const buttons = [say('撤回'), say('不撤')]
  const card = cardOf(`${id}@${talk.facts.newId()}`, text.split('\n')[0]!, '', buttons)
  return turn({ ...talk.session, pending: { type: 'withdraw', id }, card: card.id }, text, { card })
}

/** What is said to that question; undefined for anything else, and then nothing is withdrawn. */
export function withdrawOrNot(talk: Talk, id: string): Turn | undefined {
  const open = withoutPending(talk)
  const said = tidy(talk.text)
  if (said.startsWith('不撤') || isNo(said)) return standing(open, [wording.notWithdrawn])
  if (!/^(确认|确定|要)?撤回$/.test(said) && !isYes(said)) return undefined
  if (talk.group) return turn(talk.session, wording.groupPrivate)
  const by = { userId: talk.facts.person, as: 'applicant' as const }
  return turn(open.session, '', {
    effects: [{ type: 'review', filingId: id, act: { type: 'withdraw' }, by }],
  })
}
