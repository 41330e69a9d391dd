import type { FieldTypes } from '../field-type.ts'
import { hearing } from '../hearing.ts'
import { choice } from './choice.ts'
import { count } from './count.ts'
import { idNumber } from './id-number.ts'
import { longText } from './long-text.ts'
import { month } from './month.ts'
import { period } from './period.ts'
import { personName } from './person-name.ts'
import { phone } from './phone.ts'
import { roster } from './roster.ts'
import { rows } from './rows.ts'
import { text } from './text.ts'
import { venue } from './venue.ts'

/** The types that know nothing of filings; 活动地域, 名称 and 内部程序 come from `filings/`. */
export const ownTypes: Omit<FieldTypes, 'place' | 'organizationName' | 'meeting' | 'day'> = {
  choice: hearing(choice),
  venue: hearing(venue),
  count: hearing(count),
  personName: hearing(personName),
  phone: hearing(phone),
  idNumber: hearing(idNumber),
  month: hearing(month),
  period: hearing(period),
  text: hearing(text),
  longText: hearing(longText),
  rows,
  roster,
}
