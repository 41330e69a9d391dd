import type { Day } from '../clock.ts'
import type { Answers } from '../forms/answers.ts'
import type { Field } from '../forms/definition.ts'
import type { FieldTypes } from '../forms/field-type.ts'
import type { Pack } from '../pack.ts'
import { ACTIVITY_AREA, ORGANIZATION_NAME, type Filing } from './filing.ts'
import type { LedgerColumn, LedgerEntry } from './ledger-columns.ts'
import { dayInCell } from './ledger-day.ts'
import { numberInLedger } from './ledger-number.ts'
import { MEMBER_COUNT } from './members.ts'
import { composeName, normalizeName, parseName, tidyName } from './names.ts'
import { numberKey } from './number.ts'
import { matchPlaces, type Place } from './places.ts'
import { validUntil } from './validity.ts'

/** Who is put down for an organization whose leader is not known to the bot yet; 认领 binds one. */
export const UNCLAIMED = ''

export type LedgerContext = {
  pack: Pick<Pack, 'jurisdiction' | 'names' | 'numbers' | 'validity' | 'forms'>
  types: FieldTypes
  today: Day
  now: Date
  /** Who imports, as it goes into the record. */
  by: string
}

/** A filing on paper as the record will have it; id and case number are given when it is saved. */
export type OldFiling = Omit<Filing, 'id' | 'caseNumber'>

/** What becomes of a row. Notes and reasons name no person and no phone. */
export type Verdict = Pick<LedgerEntry, 'row' | 'sheet'> & { name: string } & (
    { type: 'taken'; filing: OldFiling; notes: string[] } | { type: 'refused'; because: string }
  )

/**
 * Of rows with one number the first is taken, unless the others are filings anew of the same organization that keep
 * its number. Rows with one name are one organization, filed anew each time; of one day the first is taken.
 */
export function judgeLedger(entries: readonly LedgerEntry[], context: LedgerContext): Verdict[] {
  const nameOf = ({ filing }: Taken): string => normalizeName(filing.organizationName)
  const judged = refuseTwins(
    entries.map((entry) => judge(entry, context)),
    ({ filing }) => numberKey(grantIn(filing).filingNumber),
    (first, next) => nameOf(first) !== nameOf(next),
    (kept) => `备案编号和${rowInWords(kept)}重复`,
  )
  const single = refuseTwins(
    judged,
    (verdict) => `${nameOf(verdict)} ${grantIn(verdict.filing).filedOn}`,
    () => true,
    (kept) => `组织名称、备案日期和${rowInWords(kept)}重复`,
  )
  return single.map((verdict) => (verdict.type === 'taken' ? withRound(verdict, single, nameOf) : verdict))
}

/** What follows on an earlier row of the same organization is a filing anew. */
function withRound(verdict: Taken, all: readonly Verdict[], nameOf: (verdict: Taken) => string): Taken {
  const { filedOn } = grantIn(verdict.filing)
  const [before] = all
    .flatMap((one) => (one.type === 'taken' && nameOf(one) === nameOf(verdict) ? [one] : []))
    .filter(({ filing }) => grantIn(filing).filedOn < filedOn)
    .sort((a, b) => (grantIn(a.filing).filedOn > grantIn(b.filing).filedOn ? -1 : 1))
  if (!before) return verdict
  const note = `和${rowInWords(before)}是同一个组织，记作到期重新备案`
  return {
    ...verdict,
    notes: [...verdict.notes, note],
    filing: { ...verdict.filing, kind: 'renewal' },
  }
}

type Taken = Extract<Verdict, { type: 'taken' }>

/** Of the rows taken that have one key the first is kept; another that `clashes` with it is refused. */
function refuseTwins(
  verdicts: readonly Verdict[],
  keyOf: (verdict: Taken) => string,
  clashes: (first: Taken, next: Taken) => boolean,
  because: (kept: Taken) => string,
): Verdict[] {
  const firsts = new Map<string, Taken>()
  return verdicts.map((verdict) => {
    if (verdict.type === 'refused') return verdict
    const first = firsts.get(keyOf(verdict))
    if (!first) firsts.set(keyOf(verdict), verdict)
    return first && clashes(first, verdict) ? refuse(verdict, because(first)) : verdict
  })
}

/** 第5行, “2025年”第5行. */
export const rowInWords = ({ row, sheet }: Pick<LedgerEntry, 'row' | 'sheet'>): string =>
  `${sheet === undefined ? '' : `“${sheet}”`}第${row}行`

type Row = Pick<Verdict, 'row' | 'sheet' | 'name'>

const refuse = ({ row, sheet, name }: Row, because: string): Verdict => ({
  row,
  ...(sheet === undefined ? {} : { sheet }),
  name,
  type: 'refused',
  because,
})

/** Number and days of an old filing. */
export function grantIn({ events }: Pick<Filing, 'events'>) {
  const [event] = events
  if (event?.type !== 'imported') throw new Error('not a filing from an old ledger')
  return event
}

function judge({ said, ...where }: LedgerEntry, context: LedgerContext): Verdict {
  const { now, by } = context
  const about = { ...where, name: (said.name ?? '').slice(0, 60) }
  if (said.name === undefined) return refuse(about, '没有组织名称')
  if (said.number === undefined) return refuse(about, '没有备案编号')
  const place = placeIn(said, context)
  if (typeof place === 'string') return refuse(about, place)
  const named = nameIn(said.name, place, context)
  if ('because' in named) return refuse(about, named.because)
  const number = numberInLedger(said.number, place, context)
  if ('because' in number) return refuse(about, number.because)
  const days = daysIn(said, context)
  if ('because' in days) return refuse(about, days.because)
  const applicant = accountIn(said.account)
  const at = now.toISOString()
  const details = detailsIn(said, context)
  const answer = (value: unknown) => ({ value, by, at }) as Answers[string]
  const answers: Answers = {
    [ACTIVITY_AREA]: answer({ code: place.code }),
    [ORGANIZATION_NAME]: answer({ full: named.full, rest: named.rest }),
    ...Object.fromEntries(Object.entries(details.values).map(([id, value]) => [id, answer(value)])),
  }
  const notes = [...named.notes, ...number.notes, ...days.notes, ...details.notes, ...applicant.notes]
  if (number.year !== undefined && String(number.year) !== days.filedOn.slice(0, 4))
    notes.push('编号的年份和备案日期不是同一年')
  const { id, version } = formIn(context)
  return {
    ...about,
    name: named.full,
    type: 'taken',
    notes,
    filing: {
      kind: 'initial',
      form: { id, version },
      applicant: applicant.userId,
      organizationName: named.full,
      place: place.code,
      answers,
      events: [
        {
          type: 'imported',
          by,
          at,
          filingNumber: number.filingNumber,
          filedOn: days.filedOn,
          validUntil: days.validUntil,
          ...(number.unordered ? { unordered: true as const } : {}),
        },
      ],
    },
  }
}

const formIn = ({ pack }: LedgerContext) => {
  const form = pack.forms.find(({ kind }) => kind === 'initial')
  if (!form) throw new Error('the template pack has no form for a first filing')
  return form
}

type Said = LedgerEntry['said']

/** The community or village; the street or town for a row without one. Otherwise why not. */
function placeIn(said: Said, { pack, today }: LedgerContext): Place | string {
  const words = `${said.street ?? ''}${said.community ?? ''}`
  if (words === '') return '没有写街道和社区（村）'
  // An old place may be gone by now; the filing belongs to what it is part of today.
  const { places, doubt } = matchPlaces(words, pack.jurisdiction, today)
  const [only] = places
  if (!only) return `没有“${words.slice(0, 30)}”这个地方`
  if (places.length > 1) return `“${words.slice(0, 30)}”有几个，请写明街道和社区（村）的全名`
  if (doubt !== undefined) return `地方对不上：${doubt}`
  if (said.community !== undefined && said.street !== undefined && !only.committee)
    return `“${said.community.slice(0, 30)}”不在${only.name}`
  return only
}

type Named = { full: string; rest: string; notes: string[] } | { because: string }

/** 附件4第一条注1. What an old name lacks is said; another place than the row's is refused. */
function nameIn(text: string, place: Place, { pack }: LedgerContext): Named {
  const { jurisdiction, names } = pack
  const said = tidyName(text)
  const parts = parseName(said, jurisdiction, names)
  if ([...said].length > 60 || [...parts.rest].length < 2) return { because: '组织名称不像名称' }
  if (parts.street !== '' && parts.street !== place.street.name)
    return { because: `名称里是${parts.street}，地方写的是${place.street.name}` }
  if (parts.community !== '' && !parts.communityCodes.includes(place.code))
    return { because: `名称里是${parts.community}，地方写的是${place.name}` }
  const full = composeName(place, parts.rest, jurisdiction)
  return full === said
    ? { full, rest: parts.rest, notes: [] }
    : { full, rest: parts.rest, notes: [`名称记作“${full}”`] }
}

type Days = { filedOn: Day; validUntil: Day; notes: string[] } | { because: string }

/** 附件1填表说明6: the last day follows from the rule; another one that the ledger says is kept, and noted. */
function daysIn(said: Said, { pack, today }: LedgerContext): Days {
  if (said.filedOn === undefined) return { because: '没有备案日期' }
  const filedOn = dayInCell(said.filedOn)
  if (filedOn === undefined) return { because: `备案日期“${said.filedOn.slice(0, 20)}”不对` }
  if (filedOn > today) return { because: '备案日期还没到' }
  const byRule = validUntil(filedOn, pack.validity)
  if (said.validUntil === undefined) return { filedOn, validUntil: byRule, notes: [] }
  const written = dayInCell(said.validUntil)
  if (written === undefined) return { because: `到期日期“${said.validUntil.slice(0, 20)}”不对` }
  if (written <= filedOn) return { because: '到期日期不在备案日期之后' }
  const notes = written === byRule ? [] : [`到期日期照台账记作${written}，按规定是${byRule}`]
  return { filedOn, validUntil: written, notes }
}

function accountIn(said: string | undefined): { userId: string; notes: string[] } {
  if (said === undefined) return { userId: UNCLAIMED, notes: [] }
  const userId = said.toLowerCase()
  return /^[a-z0-9_@.-]{1,64}$/.test(userId)
    ? { userId, notes: [] }
    : { userId: UNCLAIMED, notes: ['账号不对，没有记，以后由负责人认领'] }
}

/** Answers of the form that a row can give, by column. */
const FIELDS: [LedgerColumn, string, string][] = [
  ['category', 'organizationCategory', '组织类别'],
  ['venue', 'venue', '活动场所'],
  ['principal', 'principalName', '主要负责人'],
  ['phone', 'principalPhone', '联系电话'],
]

/** As far as the row says them; what cannot be read is noted and left out. */
function detailsIn(said: Said, context: LedgerContext): { values: Record<string, unknown>; notes: string[] } {
  const values: Record<string, unknown> = {}
  const notes: string[] = []
  for (const [column, id, title] of FIELDS) {
    const field = formIn(context).fields.find((one) => one.id === id)
    const text = said[column]
    if (!field || text === undefined) continue
    const value = valueIn(text, field, context)
    if (value === undefined) notes.push(`${title}没认出来，没有记`)
    else values[id] = value
  }
  if (values['principalName'] === undefined && said.principal === undefined)
    notes.push('没有主要负责人，以后认领要找街道（镇）')
  const count = Number(said.count)
  if (said.count !== undefined) {
    if (Number.isInteger(count) && count > 0 && count < 100_000) values[MEMBER_COUNT] = count
    else notes.push('人数不是一个数，没有记')
  }
  return { values, notes }
}

function valueIn(text: string, field: Field, { types, today }: LedgerContext): unknown {
  const reading = types[field.type].read(text, field, { today, answers: {} })
  // The office wrote it once already: a rare name or a rough area needs no second question.
  return reading.type === 'clear' || reading.type === 'doubtful' ? reading.value : undefined
}
