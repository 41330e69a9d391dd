import { addDays, inChinese, type Day } from '../clock.ts'
import { valueOf, type Answers } from '../forms/answers.ts'
import type { Field, FormDefinition } from '../forms/definition.ts'
import { doubtIn } from '../forms/field-types/long-text.ts'
import { venue, Venue } from '../forms/field-types/venue.ts'
import { openQuestion, walk } from '../forms/walk.ts'
import type { Jurisdiction, NameRules } from '../pack.ts'
import { ACTIVITY_AREA, nameIn, ORGANIZATION_NAME, placeIn, type Filing } from './filing.ts'
import { withLeaderInRoster } from './leader-in-roster.ts'
import { meetingFindings } from './meeting-check.ts'
import { checkName, nearDuplicates, parseName } from './names.ts'
import { peopleFindings } from './people-check.ts'
import { isStreetLevel, placeByCode, placeInWords, type Place } from './places.ts'

/** One line of the sheet a reviewer sees first. Never an identity number or phone in `words`. */
export type Finding = { level: 'error' | 'warning' | 'ok'; label: string; words: string }

export type PrecheckFacts = {
  today: Day
  jurisdiction: Jurisdiction
  names: NameRules
  /** Names of other organizations, expired ones too. */
  others: readonly string[]
  /** For a change, cancellation or renewal: what is on record, and its form. */
  record?: { form: FormDefinition; answers: Answers; validUntil?: Day }
}

/**
 * What a machine can check of a filing before a person does (domain notes 14, practice.md 3 and 12). It never
 * decides: an error is something the forms contradict themselves in, a warning something to look at.
 */
export function precheck(filing: Filing, form: FormDefinition, facts: PrecheckFacts): Finding[] {
  switch (filing.kind) {
    case 'initial':
    case 'renewal':
      return inOrder([
        ...(filing.kind === 'renewal'
          ? [...earlyFindings(facts), ...renewalFindings(filing.answers, facts.record)]
          : []),
        ...missingFindings(form, filing.answers),
        ...recordFindings(form, filing.answers, filing.place, facts),
      ])
    case 'change': {
      const { record } = facts
      const changed = record && { form: record.form, answers: afterChange(filing, record.answers) }
      return inOrder([
        ...missingFindings(form, filing.answers),
        ...changeFindings(filing, record),
        ...meetingFindings(form, filing.answers),
        // Judged where the organization will be; the case itself lies where it is now.
        ...(changed
          ? recordFindings(changed.form, changed.answers, placeAfter(filing, changed.answers), facts)
          : []),
      ])
    }
    case 'cancellation':
      return inOrder([
        ...missingFindings(form, filing.answers),
        ...meetingFindings(form, filing.answers),
        ...doubtFindings(form, filing.answers),
      ])
  }
}

/** What is wrong first. */
const inOrder = (findings: Finding[]): Finding[] =>
  (['error', 'warning', 'ok'] as const).flatMap((level) => findings.filter((one) => one.level === level))

const afterChange = ({ changes = [] }: Filing, answers: Answers): Answers =>
  withLeaderInRoster(answers, {
    ...answers,
    ...Object.fromEntries(changes.map(({ field, after }) => [field, after])),
  })

const placeAfter = ({ place }: Filing, { [ACTIVITY_AREA]: area }: Answers): string =>
  (area && placeIn(area)) ?? place

function missingFindings(form: FormDefinition, answers: Answers): Finding[] {
  const missing = walk(form, answers).fields.filter((field) => openQuestion(field, answers) !== undefined)
  return missing.length === 0
    ? [{ level: 'ok', label: '填写', words: '每一栏都填了' }]
    : [{ level: 'error', label: '填写', words: `没填完：${missing.map(({ label }) => label).join('、')}` }]
}

/** What was asked about once and said again all the same: money shared out among the members. */
function doubtFindings({ fields }: FormDefinition, answers: Answers): Finding[] {
  return fields.flatMap((field): Finding[] => {
    const text = valueOf(answers, field.id)
    const because = typeof text === 'string' ? doubtIn(text, field) : undefined
    return because === undefined ? [] : [{ level: 'warning', label: field.label, words: because }]
  })
}

/** K21: before is what is on record and differs from after. */
function changeFindings({ changes = [] }: Filing, record: PrecheckFacts['record']): Finding[] {
  if (changes.length === 0) return [{ level: 'error', label: '变更的事项', words: '没有写变更什么' }]
  const labelOf = (id: string): string => record?.form.fields.find((field) => field.id === id)?.label ?? id
  const valueIn = (answer: (typeof changes)[number]['after'] | undefined): string =>
    JSON.stringify(answer && 'value' in answer ? answer.value : null)
  const findings = changes.flatMap(({ field, before, after }): Finding[] => {
    const label = labelOf(field)
    if (valueIn(before) === valueIn(after)) return [{ level: 'error', label, words: '变更前后一样' }]
    const isOnRecord = record === undefined || valueIn(before) === valueIn(record.answers[field])
    return isOnRecord ? [] : [{ level: 'error', label, words: '变更前的内容和备案的不一样' }]
  })
  return findings.length > 0
    ? findings
    : [{ level: 'ok', label: '变更的事项', words: `共${changes.length}项，变更前的内容和备案的一致` }]
}

/** 附件1填表说明6 says only that it is filed anew when it expires: what is filed long before loses the time that is left. */
function earlyFindings({ today, record }: PrecheckFacts): Finding[] {
  const until = record?.validUntil
  if (until === undefined || until <= addDays(today, EARLY_DAYS)) return []
  const words = `有效期到${inChinese(until)}，还早；现在同意，新的有效期从今天起算，剩下的时间就没有了`
  return [{ level: 'warning', label: '到期', words }]
}

/** The first reminder comes so long before. */
const EARLY_DAYS = 90

/** What differs from the record, whatever was said to 有没有变化. */
function renewalFindings(answers: Answers, record: PrecheckFacts['record']): Finding[] {
  if (!record) return []
  const changed = walk(record.form, { ...record.answers, ...answers }).fields.filter(
    ({ id }) => JSON.stringify(valueOf(answers, id)) !== JSON.stringify(valueOf(record.answers, id)),
  )
  const label = '和上次备案比'
  return changed.length === 0
    ? [{ level: 'ok', label, words: '每一栏都一样' }]
    : [
        {
          level: 'warning',
          label,
          words: `变了${changed.length}处：${changed.map((one) => one.label).join('、')}`,
        },
      ]
}

/** Everything that concerns the organization as it is, or would be after a change. */
function recordFindings(
  form: FormDefinition,
  answers: Answers,
  placeCode: string,
  facts: PrecheckFacts,
): Finding[] {
  const { fields } = walk(form, answers)
  const place = placeByCode(placeCode, facts.jurisdiction)
  return [
    ...nameFindings(answers, place, facts),
    ...areaFindings(fields, answers, place),
    ...venueFindings(fields, answers),
    ...categoryFindings(answers, facts),
    ...peopleFindings(form, fields, answers, facts.today),
  ]
}

function nameFindings(answers: Answers, place: Place | undefined, facts: PrecheckFacts): Finding[] {
  const answer = answers[ORGANIZATION_NAME]
  const name = answer && nameIn(answer)
  if (name === undefined) return []
  const label = '组织名称'
  const wrong = place ? checkName(name, place, facts.jurisdiction, facts.names) : []
  const { same, near } = nearDuplicates(name, facts.others)
  const findings: Finding[] = [
    ...wrong.map(({ level, text }): Finding => ({
      level: level === 'hard' ? 'error' : 'warning',
      label,
      words: text,
    })),
    ...same.map((other): Finding => ({ level: 'error', label: '重名', words: `和“${other}”同名` })),
    ...near.slice(0, 5).map((other): Finding => ({
      level: 'warning',
      label: '名称相近',
      words: `和“${other}”很像，请核对是不是同一个组织`,
    })),
  ]
  return [
    ...findings,
    ...(wrong.length === 0 ? [{ level: 'ok' as const, label, words: '符合命名规则' }] : []),
    ...(same.length + near.length === 0
      ? [{ level: 'ok' as const, label: '重名', words: '没有重名、近似的' }]
      : []),
  ]
}

/** The place the case lies at is the one the form says. */
function areaFindings(fields: Field[], answers: Answers, place: Place | undefined): Finding[] {
  const label = '活动地域'
  if (!place) return [{ level: 'error', label, words: '这个地方不在名录里' }]
  const codes = fields
    .filter(({ type }) => type === 'place')
    .flatMap(({ id }) => {
      const answer = answers[id]
      return (answer && placeIn(answer)) ?? []
    })
  if (codes.some((code) => code !== place.code)) {
    return [{ level: 'error', label, words: `填的和受理的地方（${placeInWords(place)}）不一样` }]
  }
  return isStreetLevel(place)
    ? [{ level: 'warning', label, words: `${placeInWords(place)}层面的组织，没有社区意见，请核对` }]
    : [{ level: 'ok', label, words: placeInWords(place) }]
}

function venueFindings(fields: Field[], answers: Answers): Finding[] {
  return fields
    .filter(({ type }) => type === 'venue')
    .flatMap((field): Finding[] => {
      const value = Venue.safeParse(valueOf(answers, field.id))
      if (!value.success) return []
      const missing = venue.missing?.(value.data, field)
      return missing === undefined ? [] : [{ level: 'error', label: field.label, words: '地址和面积要写全' }]
    })
}

/** Teams and associations are 社会团体; places that give a service are 民办非企业单位 (practice.md 1.3). */
const GROUPS = /(?:队|团|社|会|联盟|班|小组|俱乐部)$/u
const UNITS = /(?:站|中心|所|室|屋|驿站|园|院)$/u

function categoryFindings(answers: Answers, { jurisdiction, names }: PrecheckFacts): Finding[] {
  const category = valueOf(answers, 'organizationCategory')
  const answer = answers[ORGANIZATION_NAME]
  const name = answer && nameIn(answer)
  if (name === undefined || (category !== 'socialGroup' && category !== 'privateNonEnterpriseUnit')) return []
  const { form } = parseName(name, jurisdiction, names)
  const label = '组织类别'
  if (category === 'socialGroup' && UNITS.test(form)) {
    const words = `填的是社会团体，名称却是“${form}”，请核对是不是民办非企业单位`
    return [{ level: 'warning', label, words }]
  }
  if (category === 'privateNonEnterpriseUnit' && GROUPS.test(form)) {
    const words = `填的是民办非企业单位，名称却是“${form}”，请核对是不是社会团体`
    return [{ level: 'warning', label, words }]
  }
  return [{ level: 'ok', label, words: '和名称相符' }]
}
