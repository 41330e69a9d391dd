import { isStaff } from '../../directory/scope.ts'
import { authorityOf } from '../../filings/place-code.ts'
import type { Organization } from '../../filings/organization.ts'
import { daysLeft } from '../../filings/validity.ts'
import { leastActivities } from '../../reminders/duties.ts'
import { monthBefore, monthOf } from '../../reminders/days.ts'
import { isDone, matterId, reportOf } from '../../reminders/matter.ts'
import { MONTHLY_REPORT } from '../../reminders/report-forms.ts'
import { organizationsOf } from '../record/from-record.ts'
import { tidy } from '../tidy.ts'
import { turn, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'
import { wording } from '../wording.ts'
import { ownDutyWords as words } from './own-duty-words.ts'

/** 责任清单 of somebody without a role: what their organizations owe, to whom, and how far it is (附件5八). */
export function hearOwnDuties(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
  const said = tidy(talk.text).replace(/\s+/g, '')
  if (!/^(?:我的|看)?责任清单$/.test(said) || isStaff(facts.staff, facts.person)) return undefined
  const own = organizationsOf(facts).filter(({ state }) => state.type !== 'cancelled')
  // What the list is at all, the document says.
  if (own.length === 0) return undefined
  if (talk.group) return turn(session, wording.groupPrivate)
  const ids = own.flatMap(({ id }) => monthsOfYear(facts).map((month) => reportId(month, id)))
  if (!ids.every((id) => id in facts.matters)) return { needs: 'matters', ids }
  return turn(session, [...own.map((one) => dutiesOf(one, facts)), words.others].join('\n\n'))
}

const reportId = (month: string, organization: string): string =>
  matterId(MONTHLY_REPORT, month, organization)

/** From January to the present month, and the one before January is still looked at in it. */
function monthsOfYear({ today }: Facts): string[] {
  const months = [monthOf(today)]
  while (months[0]?.slice(0, 4) === today.slice(0, 4)) months.unshift(monthBefore(months[0]))
  return months
}

function dutiesOf({ id, name, place, validUntil }: Organization, facts: Facts): string {
  const { matters, pack, today } = facts
  const month = monthOf(today)
  const isIn = (of: string): boolean => {
    const matter = matters[reportId(of, id)]
    return matter !== undefined && isDone(matter)
  }
  const held = monthsOfYear(facts)
    .filter((of) => of.startsWith(today.slice(0, 4)))
    .reduce((sum, of) => {
      const matter = matters[reportId(of, id)]
      return sum + ((matter && reportOf(matter)?.activities) ?? 0)
    }, 0)
  return [
    words.head(name),
    words.report(month, isIn(month)),
    words.activities(today.slice(0, 4), held, leastActivities(pack.duties, authorityOf(place))),
    words.validity(validUntil, daysLeft(validUntil, today)),
    words.party,
  ].join('\n')
}
