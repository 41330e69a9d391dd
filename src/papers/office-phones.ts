import { holdersOf, officeFor } from '../directory/scope.ts'
import type { Staff } from '../directory/staff.ts'
import type { Step } from '../filings/event.ts'
import { PlaceValue } from '../filings/place-field.ts'
import type { FieldTypes } from '../forms/field-type.ts'

/** The same types, a place printing the phones of its two offices too, as far as the directory has them. */
export function withOfficePhones(types: FieldTypes, staff: Staff): FieldTypes {
  const phoneOf = (role: Step, code: string): string => {
    const place = staff.places.get(code)
    const office = place && officeFor(role, place)
    const holders = office ? holdersOf(staff, office) : []
    return holders.find(({ phone }) => phone !== undefined)?.phone ?? ''
  }
  const { place } = types
  return {
    ...types,
    place: {
      ...place,
      print: (value, field) => {
        const { code } = PlaceValue.parse(value)
        return {
          ...place.print(value, field),
          committeePhone: phoneOf('community', code),
          authorityPhone: phoneOf('street', code),
        }
      },
    },
  }
}
