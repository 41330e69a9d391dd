import { advance } from './interview/advance.ts'
import { tidy } from './tidy.ts'
import { activeDraft } from './interview/filling.ts'
import type { Consent } from './session.ts'
import { turn, withoutPending, type Talk } from './talk.ts'
import type { Turn } from './turn.ts'
import { wording } from './wording.ts'

/** 同意 or 不同意, by number or words; undefined for anything else. */
export function consentAnswer(talk: Talk): Turn | undefined {
  const said = tidy(talk.text)
  const refused = /^(2|二|不同意|不|不行|拒绝|不愿意|不要)$/.test(said)
  const agreed = /^(1|一|同意|我同意|愿意|好|好的|可以|行|是|嗯|同意的)$/.test(said)
  if (!refused && !agreed) return undefined
  const { facts } = talk
  const consent: Consent = {
    version: facts.pack.notices.consent.version,
    agreed,
    at: facts.now.toISOString(),
    channel: talk.channel,
  }
  const open = withoutPending(talk)
  const session = { ...open.session, consents: [...talk.session.consents, consent] }
  if (refused) return refuse({ ...open, session })
  const draft = activeDraft(session)
  if (!draft) return turn(session, wording.consentGiven)
  return advance({ ...open, session }, draft, [wording.consentGiven], false)
}

/** The form ends politely: a draft that holds nothing yet goes, one begun in a group waits. */
function refuse(talk: Talk): Turn {
  const { session } = talk
  const drafts = session.drafts.filter(
    (draft) => draft.id !== session.active || Object.keys(draft.answers).length > 0,
  )
  return turn({ ...session, active: undefined, drafts }, wording.consentRefused)
}
