import { hearing } from '../forms/hearing.ts'
import { ownTypes } from '../forms/field-types/own-types.ts'
import type { FieldTypes } from '../forms/field-type.ts'
import type { Pack } from '../pack.ts'
import { dayField } from './day-field.ts'
import { meetingField } from './meeting-field.ts'
import { organizationNameField } from './organization-name-field.ts'
import { placeField } from './place-field.ts'

/** Every type of field, those that know the district included. */
export const fieldTypes = (pack: Pick<Pack, 'jurisdiction' | 'names'>): FieldTypes => ({
  ...ownTypes,
  meeting: hearing(meetingField),
  day: hearing(dayField),
  place: hearing(placeField(pack.jurisdiction)),
  organizationName: hearing(organizationNameField(pack.jurisdiction, pack.names)),
})
