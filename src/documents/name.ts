import type { Day } from '../clock.ts'
import type { DocumentRef } from '../messages.ts'
import type { Jurisdiction } from '../pack.ts'

/** Not allowed in the file names of Windows and phones, or meaning something in a path. */
const FORBIDDEN = /[\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cc}|\p{Cs}/gu

const LONGEST_NAME = 40

/** `【备案申请表】明珠社区夕阳红志愿服务队_20261123.docx`; the organization's name may still be missing. */
export function documentName(
  title: string,
  organizationName: string,
  day: Day,
  format: DocumentRef['format'],
  jurisdiction: Jurisdiction,
): string {
  const name = [...shortName(organizationName, jurisdiction).replace(FORBIDDEN, '').trim()]
  const date = day.replaceAll('-', '')
  return `【${title}】${[name.slice(0, LONGEST_NAME).join(''), date].filter((part) => part !== '').join('_')}.${format}`
}

/** The name from the community on: city, district and street are the same for all. */
function shortName(full: string, { city, district, streets }: Jurisdiction): string {
  let rest = full.trim()
  for (const prefix of [city, district]) if (rest.startsWith(prefix)) rest = rest.slice(prefix.length)
  const street = streets.find(({ name }) => rest.startsWith(name))
  return street && rest.length > street.name.length ? rest.slice(street.name.length) : rest
}
