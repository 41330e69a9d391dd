import { dayOf, type Day } from '../../clock.ts'
import { isStaff, reachOf, rolesOf } from '../../directory/scope.ts'
import { mayAct } from '../../directory/may-act.ts'
import type { Filing } from '../../filings/filing.ts'
import type { DocumentRef, UserId } from '../../messages.ts'
import type { Street } from '../../pack.ts'
import { lengthOf } from '../../forms/said.ts'
import { monthOf } from '../../reminders/days.ts'
import { ledgerMonths, type LedgerMonth } from '../../reminders/ledger-months.ts'
import { matterId, reportOf } from '../../reminders/matter.ts'
import { ledgerWords as words } from './ledger-words.ts'
import { activeDraft } from '../interview/filling.ts'
import { monthIn } from './months.ts'
import { filedList } from '../reviewing/ledger-lists.ts'
import { words as reviewWords } from '../reviewing/words.ts'
import { tidy } from '../tidy.ts'
import { turn, withoutPending, type Talk } from '../talk.ts'
import type { Facts, Need, Turn } from '../turn.ts'

/** The file of one authority's ledger, or of all that were handed in: then `place` is the district. */
export const ledgerDocument = (
  person: UserId,
  month: string,
  place: { code: string; name: string },
  state: 'closed' | 'draft',
): DocumentRef => ({
  of: 'ledger',
  id: person,
  paper: `${month}:${place.code}`,
  format: 'xlsx',
  name: words.fileName(place.name, month, state),
})

/** 确认报送, 无变化, 台账 10月, 台账 解放街道; undefined for everything else, and from people without a role. */
export function hearLedger(talk: Talk): Turn | Need | undefined {
  const { facts, session } = talk
  const said = tidy(talk.text).replace(/\s+/g, '')
  const handIn = handInWord(said, talk)
  const asked = /^台账(.+)$/.exec(said)?.[1]
  if (!isStaff(facts.staff, facts.person)) {
    return handIn && !handIn.nothing ? turn(session, words.notYours) : undefined
  }
  if (handIn) {
    if (talk.group) return turn(session, reviewWords.singleChat)
    return handInLedger(talk, handIn.nothing, handIn.which)
  }
  const which = asked === undefined ? undefined : whichOf(asked, facts)
  if (!which) return undefined
  if (talk.group) return turn(session, reviewWords.singleChat)
  const isList = which.street && which.month === undefined && which.phonesFor === undefined
  return isList && which.street ? listStreet(talk, which.street) : showLedger(talk, which)
}

/** 无变化 may be an answer to a form, or about the report of an organization. */
function handInWord(
  said: string,
  { facts, session }: Talk,
): { nothing: boolean; which?: string } | undefined {
  const [, ledger, word, rest = ''] = /^(台账)?(确认报送|无变化)(.*)$/.exec(said) ?? []
  if (word === undefined) return undefined
  const nothing = word === '无变化'
  const isMine = ownAuthorities(facts).length > 0 && !activeDraft(session)
  if (nothing && ledger === undefined && !isMine) return undefined
  if (rest === '') return { nothing }
  const isNamed = /^[a-z]\w*:\S+$/i.test(rest) || monthIn(rest, monthOf(facts.today))[0] === rest
  return isNamed ? { nothing, which: rest } : undefined
}

/** The streets and towns a person hands in the ledger of. */
const ownAuthorities = (facts: Facts): Street[] =>
  facts.pack.jurisdiction.streets.filter(({ code }) => handsIn(facts, code))

/** Whether a person hands in the ledger of this authority. */
export const handsIn = ({ staff, person }: Facts, authority: string): boolean =>
  mayAct(staff, person, 'closeLedger', { place: authority }).ok

type Item = LedgerMonth & { street: Street; id: string }

/** What a person may hand in or has handed in, of the present month and the one before. */
function itemsOf(facts: Facts): Item[] {
  const { pack, today } = facts
  const months = ledgerMonths(pack.duties, pack.calendar, today)
  return ownAuthorities(facts).flatMap((street) =>
    months.map((month) => ({ ...month, street, id: matterId('ledger', month.month, street.code) })),
  )
}

export const missingOf = (facts: Facts, ids: readonly string[]): Need | undefined =>
  ids.every((id) => id in facts.matters) ? undefined : { needs: 'matters', ids: [...ids] }

export const reportIn = (facts: Facts, id: string) => {
  const matter = facts.matters[id]
  return matter && reportOf(matter)
}

/** Hands in the ledger meant, or the only one that is open; asks where there are several. */
export function handInLedger(talk: Talk, nothing: boolean, which: string | undefined): Turn | Need {
  const { facts, session } = talk
  const items = itemsOf(facts)
  if (ownAuthorities(facts).length === 0) return turn(session, words.notYours)
  if (items.length === 0) return turn(session, words.noDuty)
  const need = missingOf(
    facts,
    items.map(({ id }) => id),
  )
  if (need) return need
  const meant = which === undefined ? items : items.filter((item) => isMeant(which, item, facts))
  const waiting = meant.filter(({ id, opens }) => opens <= facts.today && !reportIn(facts, id))
  // Without a month the last one is meant: what an earlier one left out stands in it as well.
  const open = waiting.filter(
    ({ street, month }) => !waiting.some((other) => other.street === street && other.month > month),
  )
  const [first, ...more] = open
  if (!first) return turn(session, nothingOpen(meant, facts))
  if (more.length > 0) {
    const phrases = open.map(({ id }) => `${nothing ? '台账无变化' : '确认报送'} ${id}`)
    const list = words.which(open.map(({ street, month }) => words.item(street.name, month)))
    return turn({ ...session, pending: { type: 'menu', phrases } }, list)
  }
  const { month, street } = first
  return turn(withoutPending(talk).session, '', {
    effects: [{ type: 'closeLedger', month, authority: street.code, nothing }],
  })
}

function nothingOpen(items: readonly Item[], facts: Facts): string {
  const reported = items.flatMap((item) => {
    const report = reportIn(facts, item.id)
    return report ? [words.alreadyClosed(item.month, report.at)] : []
  })
  const next = items.find(({ id, opens }) => opens > facts.today && !reportIn(facts, id))
  const lines = [...reported.slice(-1), ...(next ? [words.notOpen(next.month, next.opens)] : [])]
  return lines.length > 0 ? lines.join('\n') : words.noDuty
}

/** By the id of its matter, or by its month. */
function isMeant(which: string, { id, month }: Item, { today }: Facts): boolean {
  const [whole, named] = monthIn(which, monthOf(today))
  return which === id || (whole === which && named === month)
}

type Which = { month?: string; street?: Street; phonesFor?: string }

/** 台账 10月 解放街道 带电话 核对联系人: the phones whole, and what for. */
const WITH_PHONES = /(?:带|要|看)?(?:完整)?电话[:：,，]?(.*)$/su

/** 10月, 2026-10, 上个月, 解放街道, 10月解放街道; undefined when it is anything else. */
function whichOf(text: string, facts: Facts): Which | undefined {
  const [withPhones, reason] = WITH_PHONES.exec(text) ?? []
  const said = withPhones === undefined ? text : text.slice(0, -withPhones.length)
  const which = said === '' && withPhones !== undefined ? {} : placeAndMonth(said, facts)
  return which && reason !== undefined ? { ...which, phonesFor: reason } : which
}

function placeAndMonth(said: string, { today, pack }: Facts): Which | undefined {
  const [whole, month] = monthIn(said, monthOf(today))
  const rest = said.replace(whole, '').replace(/^的|的$/g, '')
  if (rest === '') return month === undefined ? undefined : { month }
  const street = pack.jurisdiction.streets.find(
    ({ name, aliases }) => name === rest || aliases.includes(rest) || name.replace(/(街道|镇)$/, '') === rest,
  )
  return street && { street, ...(month === undefined ? {} : { month }) }
}

/** 台账 解放街道: what is filed there, for those who see it. */
function listStreet(talk: Talk, street: Street): Turn | Need {
  const { staff, person, cases } = talk.facts
  const may = mayAct(staff, person, 'see', { place: street.code })
  if (!may.ok) return turn(talk.session, may.because)
  return cases ? filedList(talk, cases, street.code) : { needs: 'cases', places: [...reachOf(staff, person)] }
}

/** A ledger as a file: as it was handed in, else as it would be now. The district gets all that were handed in. */
function showLedger(talk: Talk, { month, street, phonesFor }: Which): Turn | Need {
  const { facts, session } = talk
  const { staff, person, pack, today } = facts
  const present = monthOf(today)
  if (month !== undefined && month > present) return turn(session, words.future(month))
  const district = pack.jurisdiction
  const isDistrict = rolesOf(staff, person).some(({ role }) => role === 'district')
  const streets = street ? [street] : isDistrict ? district.streets : ownAuthorities(facts)
  const wanted = month ?? dueMonth(facts)?.month ?? present
  const refused = streets
    .map(({ code }) => mayAct(staff, person, 'exportLedger', { place: code }))
    .find((may) => !may.ok)
  if (streets.length === 0) return turn(session, reviewWords.noRight)
  if (refused && !refused.ok) return turn(session, refused.because)
  const ids = streets.map(({ code }) => matterId('ledger', wanted, code))
  const need = missingOf(facts, ids)
  if (need) return need
  if (phonesFor !== undefined) return showPhones(talk, wanted, streets, phonesFor)
  const effects = [{ type: 'noteExport' as const, reason: words.taken(wanted) }]
  if (!street && isDistrict) {
    const reported = ids.filter((id) => reportIn(facts, id)?.fingerprint !== undefined).length
    const place = { code: district.code, name: district.district }
    return turn(session, words.districtFile(wanted, reported, streets.length), {
      documents: [ledgerDocument(person, wanted, place, 'closed')],
      effects,
    })
  }
  const files = streets.map((one) => fileOf(facts, wanted, one))
  return turn(session, files.map(({ text }) => text).join('\n'), {
    documents: files.map(({ document }) => document),
    effects,
  })
}

/** Whole phone numbers, of one authority and for a reason, which is kept with who looked and when. */
function showPhones(talk: Talk, month: string, streets: readonly Street[], reason: string): Turn {
  const { facts, session } = talk
  const [street, ...more] = streets
  const may = street && mayAct(facts.staff, facts.person, 'readPersonal', { place: street.code })
  if (!street || more.length > 0) return turn(session, words.phonesOfOne)
  if (may?.ok === false) return turn(session, may.because)
  if (lengthOf(reason) < 2) return turn(session, words.phonesWhatFor(street.name, month))
  const { document } = fileOf(facts, month, street)
  const paper = `${document.paper}:phones`
  return turn(session, words.phonesFile(street.name, month), {
    documents: [{ ...document, paper, name: words.phonesName(document.name) }],
    effects: [{ type: 'noteExport', reason: words.phonesTaken(street.name, month, reason.slice(0, 60)) }],
  })
}

function fileOf(facts: Facts, month: string, street: Street): { text: string; document: DocumentRef } {
  const isClosed = reportIn(facts, matterId('ledger', month, street.code))?.fingerprint !== undefined
  return {
    text: isClosed ? words.closedFile(street.name, month) : words.draftFile(street.name, month),
    document: ledgerDocument(facts.person, month, street, isClosed ? 'closed' : 'draft'),
  }
}

/** The last month that is open for handing in, but none that was over before the bot knew anything filed. */
export function dueMonth({ pack, today, cases }: Facts): LedgerMonth | undefined {
  const since = cases && knownSince(cases)
  return ledgerMonths(pack.duties, pack.calendar, today).findLast(
    ({ opens, last }) => opens <= today && (since === undefined || since <= last),
  )
}

function knownSince(cases: readonly Filing[]): Day | undefined {
  const [first] = cases.flatMap(({ events }) => events[0]?.at ?? []).sort()
  return first && dayOf(new Date(first))
}

/** Below the list of an officer: how far the ledger of the month is. */
export function withOwnLedger(talk: Talk, list: Turn): Turn | Need {
  const { facts } = talk
  const month = dueMonth(facts)
  const items = itemsOf(facts).filter((item) => item.month === month?.month)
  const need = missingOf(
    facts,
    items.map(({ id }) => id),
  )
  if (need) return need
  if (items.length === 0) return list
  const lines = items.map(({ id, month, street, last }) => {
    const report = reportIn(facts, id)
    return report ? words.reported(street.name, month, report.at) : words.due(street.name, month, last)
  })
  return { ...list, reply: { ...list.reply, text: [list.reply.text, ...lines].join('\n') } }
}
