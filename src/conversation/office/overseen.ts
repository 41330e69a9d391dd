import type { Matter } from '../../reminders/matter.ts'
import type { Owed } from '../../reminders/owed.ts'
import type { UserId } from '../../messages.ts'
import type { Sent } from './sent.ts'

/** What the lists of staff may ask for before they are made. */
export type OverseeNeed =
  /** Everything that decides what is owed. */
  | { needs: 'owed' }
  /** Who was written to today. */
  | { needs: 'served' }
  /** What was promised lately, and what became of it. */
  | { needs: 'sent' }
  /** What was ever noted in the list of responsibilities. */
  | { needs: 'noted' }

/** What was asked for, once it is known. */
export type Overseen = {
  owed?: Owed
  /** Who was written to today; which groups, by name, were told something today and the numbers of this month. */
  served?: { people: ReadonlySet<UserId>; groups: ReadonlySet<string>; monthly: ReadonlySet<string> }
  sent?: Sent[]
  /** By the id of the matter. */
  noted?: ReadonlyMap<string, Matter>
}
