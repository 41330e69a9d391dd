import { beginClaim, hearClaim } from '../record/claim.ts'
import { commandOf } from '../commands.ts'
import { tidy } from '../tidy.ts'
import { hearComplaint } from './complaints.ts'
import { endHuman } from './human.ts'
import { askRevoke, hearRevoke, myData } from './my-data.ts'
import { serviceWords as words } from './service-words.ts'
import { standing } from '../standing.ts'
import { withoutPending, type Talk } from '../talk.ts'
import type { Need, Turn } from '../turn.ts'

/** What a person says about complaints, help, claims and their own data; undefined for everything else. */
export function serve(talk: Talk): Turn | Need | undefined {
  const plain = tidy(talk.text).replace(/\s+/g, '')
  return hearPending(talk, plain) ?? hearWord(talk, plain)
}

function hearPending(talk: Talk, plain: string): Turn | Need | undefined {
  const { pending } = talk.session
  if (talk.group || pending === undefined) return undefined
  if (pending.type === 'revoke') return hearRevoke(talk)
  if (pending.type !== 'complaint' && pending.type !== 'claim') return undefined
  if (/^(取消|算了|不用了?|不说了|不投诉了|不认领了)$/.test(plain)) {
    const dropped = pending.type === 'complaint' ? words.complaintDropped : words.claimDropped
    return standing(withoutPending(talk), [dropped])
  }
  if (isWord(talk.text)) return undefined
  return pending.type === 'complaint' ? hearComplaint(talk, pending) : hearClaim(talk, pending.filingNumber)
}

/** A fixed word leaves the complaint; 改成, 把…改成 may well be part of one. */
const isWord = (text: string): boolean => {
  const command = commandOf(text)
  return command !== undefined && !command.type.startsWith('edit') && command.type !== 'deleteRow'
}

function hearWord(talk: Talk, plain: string): Turn | Need | undefined {
  if (talk.session.human && /^(好了|不用了|不用帮了|帮好了|有人帮了|解决了|会了)$/.test(plain))
    return endHuman(talk)
  if (/^(我的数据|我的信息|我的个人信息|导出我的数据|查看我的数据)$/.test(plain)) return myData(talk)
  if (/^(撤销同意|撤回同意|收回同意|取消同意|不同意了)$/.test(plain)) return askRevoke(talk)
  const claimed = /^认领[:：]?(\S{4,60})$/.exec(plain)
  return claimed ? beginClaim(talk, claimed[1]!) : undefined
}
