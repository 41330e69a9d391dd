import type { Filing } from '../../filings/filing.ts'
import { decided } from '../../filings/possible.ts'
import { lines } from '../wording.ts'

type Kind = Filing['kind']

/** A change keeps the days it found, a cancellation ends them. */
const grantsValidity = (kind: Kind): boolean => kind === 'initial' || kind === 'renewal'

/** By name, as far as the place is known. */
export type Offices = { committee: string; authority: string }
export const officesOf = (
  place: { committee?: string | undefined; authority: string } | undefined,
): Offices => ({
  committee: place?.committee ?? '社区（村）',
  authority: place?.authority ?? '街道（镇）',
})

/**
 * 附件1填表说明5 has the filing form in triplicate and names the committee for one of them; how many of the other forms,
 * and who keeps that one where there is no committee, is not written (domain notes G7, G21).
 */
const copiesDoubt = (kind: Kind, committee: string | undefined): string | false =>
  grantsValidity(kind)
    ? committee === undefined && '社区留的那一份交给谁，文件没有写，请问街道（镇）。'
    : `${decided[kind]}表要几份，文件没有写，先打三份，再问街道（镇）。`

/** What the leader hears of a case: when it is handed in, at every step, and when asked where it is. */
export const caseWords = {
  submitted: (
    name: string,
    caseNumber: string,
    kind: Kind,
    committee: string | undefined,
    authority: string,
    papers: string[],
  ) =>
    lines(
      `已提交：${name}`,
      `受理号：${caseNumber}`,
      committee
        ? `下一步：${committee}核对，再到街道（镇）审核。每一步我都告诉您。`
        : `下一步：${authority}审核${decided[kind]}。每一步我都告诉您。`,
      `请把${papers[0] ?? '申请表'}打印三份，签好字等${committee ? '社区（村）' : '街道（镇）'}联系。${papers.join('、')}在下面。`,
      copiesDoubt(kind, committee),
      '回复“到哪一步了”随时查。',
    ),
  returned: (name: string, reason: string, onForm: boolean) =>
    lines(`${name}被退回补正。原因：${reason}`, onForm && '只要改下面这几项：'),
  statusNext: {
    submitted: (_kind: Kind, { committee, authority }: Offices) =>
      `在${committee}核对。同意后转到${authority}审核。`,
    submittedToStreet: (_kind: Kind, { authority }: Offices) => `在${authority}审核。`,
    endorsed: (_kind: Kind, { authority }: Offices) => `社区已同意，在${authority}审核。`,
    returned: () => '退回来了，要改几处。回复“继续”就只改那几处。',
    approved: (kind: Kind, { authority }: Offices) =>
      `${authority}已同意${decided[kind]}，正在盖章。请带三份签好字的表去盖章。`,
    sealed: () => '已盖章，请去领自己的那一份。',
    distributed: (kind: Kind) => `已${decided[kind]}。`,
    declined: (kind: Kind) => `不予${decided[kind]}。有不明白的，回复“人工”。`,
    withdrawn: () => '已撤回。',
    closed: () => '组织已注销，不用再办。',
  },
  /** What became of an organization that was filed. */
  recordState: {
    filed: () => '已备案。',
    renewed: () => '后来重新备案了。',
    expired: (on: string) => `已过期（${on}到期）。要接着办，回复“续期”。`,
    cancelled: (on: string) => `已注销（${on}）。`,
  },
  formerNumber: (number: string) => `原备案编号：${number}。`,
  organizationUnderWay: (kind: string, caseNumber: string, state: string) =>
    `在办：${kind}（受理号${caseNumber}），${state}`,
  because: (reason: string) => `理由：${reason}`,
  sinceDays: (days: number) => (days === 0 ? '今天到这一步。' : `到这一步${days}个工作日了。`),
  number: (number: string, until: string) => `备案编号：${number}，有效期至${until}。`,
  notice: {
    endorsed: (name: string) => `${name}：社区已同意，转到街道（镇）审核。`,
    returned: (name: string, items: readonly string[], reason: string, note: string | undefined) =>
      lines(
        `${name}被退回补正。`,
        items.length > 0 && `要改：${items.join('、')}`,
        `原因：${reason}`,
        note !== undefined && `上次没有一起说，是因为：${note}`,
        '回复“继续”，只改说到的几处，改完再交。',
      ),
    approved: (name: string, kind: Kind, number: string, until: string) =>
      lines(
        `${name}：街道（镇）已同意${decided[kind]}。`,
        `${kind === 'cancellation' ? '原备案编号' : '备案编号'}：${number}`,
        grantsValidity(kind) && `有效期至${until}，到期要重新备案。`,
        '请带三份签好字的表去盖章。',
      ),
    sealed: (name: string) => `${name}：表已盖章，请去领自己的一份。`,
    distributed: (name: string, kind: Kind) => `${name}：${decided[kind]}办完了，请保管好自己的一份。`,
    declined: (name: string, kind: Kind, reason: string) =>
      lines(`${name}：不予${decided[kind]}。`, `理由：${reason}`, '有不明白的，回复“人工”。'),
    corrected: (name: string, named: readonly string[], reason: string) =>
      lines(
        `${name}：街道（镇）把记错的改过来了。`,
        ...named,
        `原因：${reason}`,
        '改得不对，就找街道（镇），或者回复“人工”。',
      ),
    withdrawn: (name: string) => `${name}：申请人撤回了，您不用再办。`,
    closed: (name: string) => `${name}：组织已注销，这一件不用再办。`,
    waiting: (name: string, caseNumber: string, kind: string) =>
      lines(`有一件${kind}等您办：${name}（${caseNumber}）`, `回复“查看 ${caseNumber}”。`),
  },
} as const
