import { claimedText, hasTriedEnough } from '../conversation/record/claim.ts'
import { complaintReaders, mayReadComplaint } from '../conversation/service/complaints.ts'
import { mayPurge } from '../conversation/office/purge.ts'
import type { ServiceEffect, ServiceFacts, ServiceNeed } from '../conversation/service/service-facts.ts'
import { serviceWords as words } from '../conversation/service/service-words.ts'
import type { Session } from '../conversation/session.ts'
import type { Facts, Turn } from '../conversation/turn.ts'
import { recipients, staffName } from '../directory/scope.ts'
import { complaintNumber, complaintSequence, type Complaint } from '../filings/complaint.ts'
import { organizationIdOf } from '../filings/filing.ts'
import { UNCLAIMED } from '../filings/ledger-import.ts'
import { LEDGER } from '../papers/ledgers.ts'
import { organizationOf } from '../filings/organization.ts'
import { valueOf } from '../forms/answers.ts'
import { plain } from '../forms/said.ts'
import { findDue } from '../privacy/due.ts'
import { destroy, openPurge, stillDue } from '../privacy/purge.ts'
import { ACCESS_LOG } from '../store/access-chain.ts'
import type { Access, Transaction } from '../store/store.ts'

const MOST_COMPLAINTS = 1000
const MOST_LOOKS = 40

/** Brings what complaints, claims and the keeping of data asked for among the facts. */
export async function lookUpService(need: ServiceNeed, facts: Facts, tx: Transaction): Promise<void> {
  const service: ServiceFacts = (facts.service ??= { numbers: {} })
  switch (need.needs) {
    case 'complaints':
      service.complaints = await tx.listComplaints(MOST_COMPLAINTS)
      return
    case 'due': {
      const open = await openPurge(tx, facts.now)
      const items = open ? [] : await findDue(tx, facts.pack, facts.today)
      service.due = { items, ...(open ? { open } : {}) }
      return
    }
    case 'accesses':
      service.looks = []
      for (const access of await tx.listAccess({ limit: MOST_LOOKS })) {
        const { by, at, reason } = access
        service.looks.push({ by, at, reason, what: await seen(access, tx) })
      }
      return
    case 'number': {
      const filing = await tx.findByNumber(need.filingNumber)
      const chain = filing && (await tx.listChain(organizationIdOf(filing)))
      service.numbers[need.filingNumber] = chain ?? []
    }
  }
}

async function seen({ filingId }: Access, tx: Transaction): Promise<string> {
  if (filingId === LEDGER) return '台账'
  if (filingId === ACCESS_LOG) return '查阅记录'
  const filing = await tx.findFiling(filingId)
  return filing ? `${filing.organizationName}（${filing.caseNumber}）` : '已清理的一件'
}

type Performing = { turn: Turn; before: Session; tx: Transaction; facts: Facts }

/** Carries out one of these effects, decided anew under the lock. */
export function performService(effect: ServiceEffect, performing: Performing): Promise<Turn> {
  switch (effect.type) {
    case 'complain':
      return complain(effect, performing)
    case 'answerComplaint':
      return answer(effect, performing)
    case 'claim':
      return claim(effect, performing)
    case 'handOver':
      return handOver(effect, performing)
    case 'proposePurge':
      return propose(performing)
    case 'agreePurge':
      return agree(effect.id, performing)
    case 'noteExport':
      return noteExport(effect.reason, performing)
  }
}

const lost = ({ turn, before }: Performing, text: string): Turn => ({
  ...turn,
  session: before,
  reply: { text },
  notices: [],
})

async function complain(
  { text, named, shared, place }: Extract<ServiceEffect, { type: 'complain' }>,
  { turn, tx, facts }: Performing,
): Promise<Turn> {
  const year = facts.today.slice(0, 4)
  const complaint: Complaint = {
    number: complaintNumber(year, await tx.nextNumber(complaintSequence(year))),
    by: facts.person,
    named,
    shared,
    ...(place === undefined ? {} : { place }),
    text,
    at: facts.now.toISOString(),
    answers: [],
  }
  await tx.saveComplaint(complaint)
  const receipt = words.complaintTaken(complaint.number, !named)
  const news = words.complaintNews(complaint.number)
  return {
    ...turn,
    reply: { ...turn.reply, text: [receipt, turn.reply.text].filter(Boolean).join('\n\n') },
    notices: complaintReaders(facts.staff, complaint).map((to) => ({ to, text: news })),
  }
}

async function answer(
  { number, text }: Extract<ServiceEffect, { type: 'answerComplaint' }>,
  performing: Performing,
): Promise<Turn> {
  const { turn, tx, facts } = performing
  const complaint = await tx.findComplaint(number)
  if (!complaint || !mayReadComplaint(facts.staff, facts.person, complaint))
    return lost(performing, words.noSuchComplaint)
  const answers = [...complaint.answers, { by: facts.person, at: facts.now.toISOString(), text }]
  await tx.saveComplaint({ ...complaint, answers })
  return {
    ...turn,
    reply: { text: words.answerSent(number) },
    notices: [{ to: complaint.by, text: words.complaintAnswered(number, text) }],
  }
}

async function claim(
  { filingNumber, name }: Extract<ServiceEffect, { type: 'claim' }>,
  performing: Performing,
): Promise<Turn> {
  const { turn, before, tx, facts } = performing
  const filing = await tx.findByNumber(filingNumber)
  const chain = filing ? await tx.listChain(organizationIdOf(filing)) : []
  const organization = organizationOf(chain, facts.today)
  if (!organization) return lost(performing, words.claimUnknown)
  const session: Session = { ...before, pending: undefined }
  const principal = valueOf(organization.answers, 'principalName')
  const said = plain(name).replace(/\s/g, '')
  if (typeof principal !== 'string' || principal !== said) {
    const failed = before.wrongClaims?.day === facts.today ? before.wrongClaims.count : 0
    const counted: Session = { ...before, wrongClaims: { day: facts.today, count: failed + 1 } }
    return hasTriedEnough({ session: counted, facts })
      ? { ...turn, session: { ...counted, pending: undefined }, reply: { text: words.claimTooOften } }
      : { ...turn, session: counted, reply: { text: words.claimWrong } }
  }
  const street = recipients(facts.staff, 'street', organization.place, [facts.person])
  if (organization.applicant !== UNCLAIMED) {
    const count = before.wrongClaims?.day === facts.today ? before.wrongClaims.count + 1 : 1
    const caseNumber = organization.versions.at(-1)?.filing.caseNumber ?? ''
    const text = words.takeOverNews(organization.name, organization.filingNumber, facts.person, caseNumber)
    return {
      ...turn,
      session: { ...session, wrongClaims: { day: facts.today, count } },
      reply: { text: words.takeOverAsked },
      notices: street.map((to) => ({ to, text })),
    }
  }
  for (const one of chain) {
    if (one.applicant === UNCLAIMED) await tx.saveFiling({ ...one, applicant: facts.person })
  }
  await tx.logAccess({
    by: facts.person,
    filingId: organization.id,
    reason: '认领',
    at: facts.now.toISOString(),
  })
  const news = words.claimedNews(organization.name, organization.filingNumber, facts.person)
  return {
    ...turn,
    session,
    reply: { text: claimedText(organization.name, organization.filingNumber, organization.validUntil) },
    notices: street.map((to) => ({ to, text: news })),
  }
}

/** Everything filed for the organization goes along; what the former leader had begun for it ends. */
async function handOver(
  { filingId, to }: Extract<ServiceEffect, { type: 'handOver' }>,
  performing: Performing,
): Promise<Turn> {
  const { turn, tx, facts } = performing
  const filing = await tx.findFiling(filingId)
  const chain = filing ? await tx.listChain(organizationIdOf(filing)) : []
  const organization = organizationOf(chain, facts.today)
  if (!organization) return lost(performing, words.claimUnknown)
  const { applicant: from, name, id } = organization
  if (from === to) return lost(performing, words.handedOver(name, to))
  for (const one of chain) await tx.saveFiling({ ...one, applicant: to })
  if (from !== UNCLAIMED) {
    const left = await tx.getSession(from)
    const ids = new Set(chain.map((one) => one.id))
    const drafts = left.drafts.filter(
      ({ record, correcting }) => record?.organization !== id && !ids.has(correcting ?? ''),
    )
    const charters = left.charters.filter(({ organization }) => organization !== id)
    await tx.saveSession(from, { ...left, drafts, charters })
  }
  await tx.logAccess({
    by: facts.person,
    filingId: id,
    reason: `转交给账号${to}`,
    at: facts.now.toISOString(),
  })
  return {
    ...turn,
    reply: { text: words.handedOver(name, to) },
    notices: [
      { to, text: words.handedOverNews(name) },
      ...(from === UNCLAIMED ? [] : [{ to: from, text: words.handedAwayNews(name) }]),
    ],
  }
}

async function propose(performing: Performing): Promise<Turn> {
  const { turn, tx, facts } = performing
  // Somebody else was faster: that list counts.
  if (await openPurge(tx, facts.now)) return lost(performing, words.proposalGone)
  const items = await findDue(tx, facts.pack, facts.today)
  if (items.length === 0) return lost(performing, words.nothingDue)
  const { person } = facts
  await tx.savePurge({ id: facts.newId(), items, proposed: { by: person, at: facts.now.toISOString() } })
  const others = [...new Set(facts.staff.appointments.map(({ userId }) => userId))].filter(
    (userId) => userId !== person && mayPurge(facts.staff, userId),
  )
  const news = words.proposedNews(staffName(facts.staff, person), items.length)
  return {
    ...turn,
    reply: { text: words.proposed(items.length) },
    notices: others.map((to) => ({ to, text: news })),
  }
}

async function agree(id: string, performing: Performing): Promise<Turn> {
  const { turn, tx, facts } = performing
  const open = await openPurge(tx, facts.now)
  if (open?.id !== id) return lost(performing, words.proposalGone)
  if (open.proposed.by === facts.person) return lost(performing, words.samePerson)
  const items = await stillDue(open.items, tx, facts.pack, facts.today)
  const done = { by: facts.person, at: facts.now.toISOString(), items }
  for (const item of items) await destroy(item, tx, done.by, done.at)
  await tx.savePurge({ ...open, done })
  return { ...turn, reply: { text: words.purged(items.length) } }
}

async function noteExport(reason: string, { turn, tx, facts }: Performing): Promise<Turn> {
  await tx.logAccess({ by: facts.person, filingId: LEDGER, reason, at: facts.now.toISOString() })
  return turn
}
