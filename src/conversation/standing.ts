import { ask } from './interview/advance.ts'
import { askConsent } from './consent.ts'
import { activeDraft } from './interview/filling.ts'
import { isPersonal, propose } from './interview/proposing.ts'
import { readBack } from './interview/read-back.ts'
import { turn, withoutPending, type Talk } from './talk.ts'
import type { Turn } from './turn.ts'
import { wording } from './wording.ts'

/** What stood before the interruption, again, with `lead` before it; nothing changes. */
export function standing(talk: Talk, lead: string[]): Turn {
  const draft = activeDraft(talk.session)
  const { pending } = talk.session
  if (!draft) return turn(talk.session, lead.join('\n\n'))
  switch (pending?.type) {
    case 'consent':
      return askConsent(talk, lead)
    case 'readBack':
      return readBack(talk, draft, lead, pending.page)
    case 'cancel':
      return turn(talk.session, [...lead, wording.cancelAsk].join('\n\n'))
    case 'confirm':
    case 'choose':
    case 'confirmSeveral':
      if (talk.group && isPersonal(pending, talk))
        return turn(talk.session, wording.join(...lead, wording.groupPersonal))
      return propose(talk, draft, pending, lead) ?? ask(withoutPending(talk), draft, lead)
    case undefined:
    case 'rest':
    case 'withdraw':
    case 'menu':
    case 'case':
    case 'correction':
    case 'list':
    case 'charterCheck':
    case 'complaint':
    case 'report':
    case 'claim':
    case 'revoke':
    case 'purge':
      return ask(withoutPending(talk), draft, lead)
  }
}
