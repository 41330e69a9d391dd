import { loadCharter } from '../../src/documents/charter.ts'
import { charterLines, composeCharter, type Composed } from '../../src/filings/charter/compose.ts'
import { charterDefaults } from '../../src/filings/charter/defaults.ts'
import type { CharterEdition } from '../../src/filings/charter/text.ts'
import { composeName } from '../../src/filings/names.ts'
import { placeByCode, type Place } from '../../src/filings/places.ts'
import type { Answers } from '../../src/forms/answers.ts'
import { loadPack } from '../../src/pack.ts'

export const pack = await loadPack('templates/liubei')
export const model = await loadCharter(pack.folder)
export const charterForm = pack.forms.find(({ id }) => id === 'charter')!

const at = (code: string): Place => placeByCode(code, pack.jurisdiction)!

/** One place of each kind. */
export const places = {
  community: at('450205001008'),
  village: at('450205006202'),
  street: at('450205003000'),
  town: at('450205101000'),
  townCommunity: at('450205101002'),
}
export type Kind = keyof typeof places

export const answered = (values: Record<string, unknown>): Answers =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      { value: value as never, by: 'wangxiuying', at: '2026-11-23T01:00:00.000Z' },
    ]),
  )

/** The filing of an invented organization at a place. */
export const recordAt = (place: Place, values: Record<string, unknown> = {}): Answers =>
  answered({
    activityArea: { code: place.code },
    organizationName: {
      full: composeName(place, '夕阳红志愿服务队', pack.jurisdiction),
      rest: '夕阳红志愿服务队',
    },
    businessScope: '探访慰问困难居民；开展扶老、助残、助学等志愿服务；参与社区环境卫生和公益宣传。',
    principalPosition: '队长',
    officers: { rows: [{ name: '李建国', position: '副队长' }], done: true },
    roster: {
      rows: [
        { name: '王秀英', position: '队长' },
        { name: '韦阿花', position: '队员' },
      ],
      done: true,
    },
    ...values,
  })

export const answersAt = (place: Place, values: Record<string, unknown> = {}): Answers =>
  answered({
    ...charterDefaults(recordAt(place), place, pack),
    category: '公益慈善',
    purposeActivities: '为老志愿服务、困难群众关爱',
    admission: '负责人集体讨论',
    collectsFee: 'no',
    meetingsPerYear: 2,
    leaderBody: '负责人',
    adoptedOn: '2026年11月20日',
    addsOwnRules: 'no',
    ...values,
  })

export const composeAt = (
  place: Place,
  values: Record<string, unknown> = {},
  edition: CharterEdition = 'published',
  filing: Record<string, unknown> = {},
): Composed => composeCharter(model.text, edition, answersAt(place, values), recordAt(place, filing), place)

export function whole(composed: Composed): Extract<Composed, { type: 'complete' }> {
  if (composed.type === 'incomplete') throw new Error(composed.gaps.map(({ words }) => words).join('\n'))
  return composed
}

/** The charter as text, its name first. */
export const textOf = (composed: Composed): string => {
  const { title, articles } = whole(composed)
  return `${[title, ...charterLines(articles)].join('\n')}\n`
}
