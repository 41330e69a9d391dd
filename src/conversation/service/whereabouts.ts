import { ACTIVITY_AREA, placeIn } from '../../filings/filing.ts'
import { placeByCode, type Place } from '../../filings/places.ts'
import { activeDraft, known } from '../interview/filling.ts'
import type { Talk } from '../talk.ts'

/** Where the person's organization is: as far as the form says, else what was filed last. */
export function whereabouts({ session, facts }: Talk): Place | undefined {
  const draft = activeDraft(session) ?? session.drafts.at(-1)
  const area = draft && known(draft)[ACTIVITY_AREA]
  const code = (area && placeIn(area)) ?? facts.filings.at(-1)?.place
  return code === undefined ? undefined : placeByCode(code, facts.pack.jurisdiction)
}
