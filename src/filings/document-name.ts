import type { Day } from '../clock.ts'
import type { DocumentRef } from '../messages.ts'

/** Not allowed in the file names of Windows and phones, or meaning something in a path. */
const FORBIDDEN = /[\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cc}|\p{Cs}/gu

const LONGEST_NAME = 40

/**
 * `【备案申请表】明珠社区夕阳红志愿服务队_20261123.docx`: the title of the paper and the name from the community on.
 * The name may still be missing.
 */
export function documentName(
  title: string,
  organization: string | undefined,
  day: Day,
  format: DocumentRef['format'],
): string {
  const name = [...(organization ?? '').replace(FORBIDDEN, '').trim()].slice(0, LONGEST_NAME).join('')
  return `【${title}】${[name, day.replaceAll('-', '')].filter((part) => part !== '').join('_')}.${format}`
}
