import type { Day } from '../clock.ts'
import { checklistPlaces } from '../conversation/office/checklist.ts'
import { sentDays } from '../conversation/office/sent.ts'
import type { OverseeNeed } from '../conversation/office/overseen.ts'
import type { Facts } from '../conversation/turn.ts'
import { answersFor } from '../directory/scope.ts'
import type { StaffGroup } from '../directory/staff.ts'
import { groupKey, monthlyKey, sentOn, servedOn } from '../deliver/letterbox.ts'
import { owedNow } from './owing.ts'
import { noteIdsOf } from '../reminders/checklist.ts'
import { monthOf } from '../reminders/days.ts'
import type { Matter } from '../reminders/matter.ts'
import type { Owed } from '../reminders/owed.ts'
import type { Transaction } from '../store/store.ts'

/** Brings what the lists of staff are made from among the facts. */
export async function lookUpOverseen({ needs }: OverseeNeed, facts: Facts, tx: Transaction): Promise<void> {
  const { today, pack, staff } = facts
  facts.owed ??= await owedNow(tx, pack, staff, today)
  switch (needs) {
    case 'owed':
      return
    case 'served': {
      const groups = new Set<string>()
      const monthly = new Set<string>()
      for (const group of ownGroups(facts)) {
        if (await tx.findDelivery(groupKey(today, group))) groups.add(group.name)
        if (await tx.findDelivery(monthlyKey(monthOf(today), group))) monthly.add(group.name)
      }
      facts.served = { people: await servedOn(today, tx), groups, monthly }
      return
    }
    case 'noted':
      facts.noted = await notedIn(checklistPlaces(facts), facts.owed, today, tx)
      return
    case 'sent':
      facts.sent = await sentOn(sentDays(today), facts.owed.matters.values(), ownGroups(facts), tx)
  }
}

/** Notes of the list of responsibilities, of whatever age. */
export async function notedIn(
  places: readonly string[],
  owed: Owed,
  today: Day,
  tx: Transaction,
): Promise<Map<string, Matter>> {
  const noted = new Map<string, Matter>()
  for (const id of noteIdsOf(owed, today, places)) {
    const matter = owed.matters.get(id) ?? (await tx.findMatter(id))
    if (matter) noted.set(id, matter)
  }
  return noted
}

function ownGroups({ staff, person }: Facts): StaffGroup[] {
  const within = answersFor(staff, person, { asOperator: true })
  return staff.groups.filter(({ place }) => within(place))
}
