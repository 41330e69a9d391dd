import { mayAct, type GrantedAct, type Permission } from '../../directory/may-act.ts'
import type { Filing } from '../../filings/filing.ts'
import type { Facts } from '../turn.ts'

/** Where the case lies, and where the organization has moved since: both answer for its record. */
export function mayAsOffice(
  filing: Filing,
  act: GrantedAct,
  { staff, person, movedTo }: Pick<Facts, 'staff' | 'person' | 'movedTo'>,
): Permission {
  const here = mayAct(staff, person, act, filing)
  const place = movedTo[filing.id]
  return here.ok || place === undefined ? here : mayAct(staff, person, act, { ...filing, place })
}
