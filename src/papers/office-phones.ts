import { holdersOf, officeFor } from '../directory/scope.ts'
import type { Staff } from '../directory/staff.ts'
import type { Step } from '../filings/event.ts'
import { PlaceValue } from '../filings/place-field.ts'
import type { FieldTypes } from '../forms/field-type.ts'

/** Half a number on the next line is misread. */
const NON_BREAKING_HYPHEN = '\u2011'

/** The same types, a place printing the phones of its two offices too, as far as the directory has them. */
export function withOfficePhones(types: FieldTypes, staff: Staff): FieldTypes {
  const phoneOf = (role: Step, code: string): string => {
    const place = staff.places.get(code)
    const office = place && officeFor(role, place)
    const holders = office ? holdersOf(staff, office) : []
    const phone = holders.find((one) => one.phone !== undefined)?.phone ?? ''
    return phone.replaceAll('-', NON_BREAKING_HYPHEN)
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
