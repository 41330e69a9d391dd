import type { UserId } from '../messages.ts'
import type { FilingEvent, Step } from './event.ts'
import { grantOf, statusOf, type Filing, type FilingStatus } from './filing.ts'
import { hasCommunityStep } from './place-code.ts'
import type { Act, Actor } from './review.ts'

/** Which act belongs to whom, and from which status it is possible. `step`: only to the office whose step it is. */
const acts: Record<
  Act['type'],
  { says: string; by: readonly Actor['as'][]; from: readonly FilingStatus[]; step?: true }
> = {
  endorse: { says: '同意', by: ['community'], from: ['submitted'], step: true },
  approve: { says: '同意备案', by: ['street'], from: ['submitted', 'endorsed'], step: true },
  return: { says: '退回', by: ['community', 'street'], from: ['submitted', 'endorsed'], step: true },
  decline: { says: '作出不予备案的决定', by: ['street'], from: ['submitted', 'endorsed'], step: true },
  seal: { says: '登记盖章', by: ['community', 'street'], from: ['endorsed', 'approved', 'sealed'] },
  distribute: { says: '登记分发', by: ['community', 'street'], from: ['sealed'] },
  correct: { says: '更正', by: ['street'], from: ['approved', 'sealed', 'distributed'] },
  resubmit: { says: '重新提交', by: ['applicant'], from: ['returned'] },
  withdraw: { says: '撤回', by: ['applicant'], from: ['submitted', 'endorsed', 'returned'] },
}

/** What the authority agrees to, or does not. */
export const decided: Record<Filing['kind'], string> = {
  initial: '备案',
  change: '变更',
  cancellation: '注销',
  renewal: '备案',
}

const office: Record<Step, string> = { community: '社区', street: '街道（镇）' }

/**
 * Why an act is not possible: whose it is not, or what was done already and by whom. Undefined when it is
 * possible, whatever words it may still need.
 */
export function whyNot(
  filing: Filing,
  type: Act['type'],
  by: Actor,
  nameOf: (userId: UserId) => string = (userId) => userId,
): string | undefined {
  const { says, by: whose, from, step } = acts[type]
  if (whose.includes('applicant')) {
    if (by.userId !== filing.applicant) return `无权${says}：只有申请人自己可以${says}`
  } else {
    if (by.as === 'applicant' || !whose.includes(by.as)) {
      const who = whose.flatMap((one) => (one === 'applicant' ? [] : office[one])).join('或')
      return `无权${says}：这由${who}来办`
    }
    if (isOwn(filing, by.userId)) return `不能${says}：这是您自己的申请，要由别人办理`
  }
  const status = statusOf(filing)
  const wrongStep = step === true && by.as !== stepOf(filing, status)
  // The committee seals when it agrees or any time later, the authority only what it has agreed to.
  const wrongTime = type === 'seal' && by.as === 'street' && status !== 'approved'
  if (from.includes(status) && !wrongStep && !wrongTime) return undefined
  if (type === 'endorse' && !hasCommunityStep(filing.place)) {
    return `不能${says}：街道（镇）层面的组织没有社区这一步`
  }
  return `不能${says}：${standing(filing, status, nameOf)}`
}

/** Nobody reviews their own application (product.md, Review), nor one they typed. */
const isOwn = (filing: Filing, userId: UserId): boolean =>
  filing.applicant === userId ||
  filing.events.some(({ type, by }) => by === userId && (type === 'submitted' || type === 'resubmitted'))

const stepOf = (filing: Filing, status: FilingStatus): Step =>
  status === 'submitted' && hasCommunityStep(filing.place) ? 'community' : 'street'

/** One sentence: what was done last, by whom, and what it waits for. */
export function standing(filing: Filing, status: FilingStatus, nameOf: (userId: UserId) => string): string {
  const by = (type: FilingEvent['type']): string => {
    const event = filing.events.findLast(
      (event) => event.type === type && (event.type !== 'sealed' || event.as === 'street'),
    )
    return event === undefined ? '' : nameOf(event.by)
  }
  if (filing.events.at(-1)?.type === 'closed') return '组织已经注销，这一件不用再办了'
  const what = decided[filing.kind]
  switch (status) {
    case 'submitted':
      return hasCommunityStep(filing.place) ? '社区还没有同意，正在等社区核对' : '正在等街道（镇）审核'
    case 'endorsed':
      return `社区已经由${by('endorsed')}同意，正在等街道（镇）审核`
    case 'returned':
      return `已经由${by('returned')}退回，正在等申请人补正`
    case 'approved':
      return `已经由${by('approved')}同意${what}（${grantOf(filing)?.filingNumber ?? ''}），正在等盖章`
    case 'sealed':
      return `已经由${by('sealed')}登记盖章，正在等分发`
    case 'distributed':
      return `已经${what}，表格也分发完了`
    case 'declined':
      return `已经由${by('declined')}作出不予${what}的决定`
    case 'withdrawn':
      return '申请人已经撤回'
    case 'closed':
      return '组织已经注销，这一件不用再办了'
  }
}
