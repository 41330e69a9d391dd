import type { Filing } from '../../filings/filing.ts'
import { serviceWords as words } from '../service/service-words.ts'
import { turn, type Talk } from '../talk.ts'
import type { Turn } from '../turn.ts'
import { mayAsOffice } from './may-as-office.ts'

/** As WeCom writes the ids of members; they ignore case. */
const ACCOUNT = /^[a-z0-9_@.-]{1,64}$/

/** 转交 N 账号: what a new principal asked for with 认领 and the authority found right. `perform` does it. */
export function handOver({ session, facts }: Talk, filing: Filing, to: string): Turn {
  const permission = mayAsOffice(filing, 'handOver', facts)
  if (!permission.ok) return turn(session, permission.because)
  if (!ACCOUNT.test(to)) return turn(session, words.handOverHow(filing.caseNumber))
  if (to === facts.person) return turn(session, words.notToOneself)
  return turn(session, '', { effects: [{ type: 'handOver', filingId: filing.id, to }] })
}
