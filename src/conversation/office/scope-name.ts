import { rolesOf } from '../../directory/scope.ts'
import type { Talk } from '../talk.ts'

/** The places a person answers for, in words: 解放街道, or the whole district. */
export function scopeName({ facts: { staff, person, pack } }: Talk): string {
  const codes = [...new Set(rolesOf(staff, person).map(({ place }) => place))]
  if (codes.includes(undefined)) return pack.jurisdiction.district
  return codes.map((code) => staff.places.get(code ?? '')?.name ?? '').join('、')
}
