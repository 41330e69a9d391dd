import { inChinese } from '../../clock.ts'
import { statusOf, type Filing, type FilingStatus } from '../../filings/filing.ts'
import { decided } from '../../filings/possible.ts'
import type { GrantItem } from '../../filings/correcting.ts'
import type { Copy, Step } from '../../filings/event.ts'
import { hasCommunityStep } from '../../filings/place-code.ts'

/** Where a case is; one of street level never waits for a community. */
export function statusInWords(filing: Filing): string {
  const status = statusOf(filing)
  return status === 'submitted' && !hasCommunityStep(filing.place)
    ? words.waitsForStreet
    : words.statuses[status](decided[filing.kind])
}

/** Every sentence that staff read. */
export const words = {
  noRight: '您没有办理审核的权限（无权）。要开通请找区民政局。',
  singleChat: '审核的事请到单聊里办，群里不显示材料。',
  noSuchCase: (which: string) => `没有“${which}”这一件，或者不归您办。回复“待办”看名单。`,
  todo: (count: number) => (count === 0 ? '现在没有待办。' : `待办${count}件：`),
  filed: (count: number) => (count === 0 ? '还没有已备案的组织。' : `已备案${count}家：`),
  expiring: (count: number) => (count === 0 ? '60天内没有到期的。' : `60天内到期和已到期${count}家：`),
  more: (count: number) => `……还有${count}件。`,
  showOne: '看哪一件就回复“查看”加前面的数字。',
  showOneByCard: '点一件看材料',
  show: (caseNumber: string) => `查看 ${caseNumber}`,
  line: (name: string, caseNumber: string, kind: string, status: string, last: string) =>
    `${name}（${caseNumber}）${kind}，${status}，${last}`,
  /** `most`: working days this step should need; for information, the document sets none. */
  age: (days: number, most = Infinity) =>
    days === 0 ? '今天到的' : `已${days}个工作日${days > most ? `（一般${most}个工作日内办好）` : ''}`,
  filedLine: (name: string, caseNumber: string, valid: string, state: string) =>
    `${name}（${caseNumber}）${valid}，${state}`,
  valid: (number: string, until: string) => `${number}，有效期至${inChinese(until)}`,
  kinds: { initial: '备案', change: '变更', cancellation: '注销', renewal: '到期重新备案' } satisfies Record<
    Filing['kind'],
    string
  >,
  waitsForStreet: '等街道（镇）审核',
  statuses: {
    submitted: () => '等社区核对',
    endorsed: () => '社区已同意，等街道（镇）审核',
    returned: () => '已退回补正，等申请人',
    approved: (what) => `已同意${what}，待盖章`,
    sealed: () => '已盖章，待分发',
    distributed: (what) => `已${what}`,
    declined: (what) => `不予${what}`,
    withdrawn: () => '已撤回',
    closed: () => '组织已注销，不用再办',
  } satisfies Record<FilingStatus, (what: string) => string>,
  head: (name: string, caseNumber: string, kind: string, status: string, page: number, pages: number) =>
    `${name}（${caseNumber}）${kind}，${status}。第${page}页，共${pages}页`,
  precheck: '机器先查了一遍：',
  opinion: (
    office: Step,
    agreed: boolean,
    who: string,
    deputyFor: string | undefined,
    day: string,
    said: string | undefined,
  ) => {
    const of = office === 'community' ? '社区（村）' : '街道（镇）'
    const by = deputyFor === undefined ? who : `${who}代${deputyFor}`
    return `${of}意见：${agreed ? '同意' : '不同意'}（${by}，${day}）${said === undefined ? '' : `：${said}`}`
  },
  whichOne: (word: string) => `要写明是哪一件：“待办”里的数字、受理号或者组织名称，例如“${word} 1”。`,
  whichCalled: (name: string) => `叫“${name}”的有几件，请回复前面的数字，例如“查看 1”：`,
  before: (text: string) => `原来：${text}`,
  nextPage: '回复“下一页”接着看。',
  custody: (copies: number) =>
    copies === 3 ? '三份表现在在哪里：' : '要留存的两份表现在在哪里（社区那一份归谁，文件没有写）：',
  copy: (which: string, state: string) => `· ${which}：${state}`,
  sealedBy: (office: Step, who: string) =>
    `${office === 'community' ? '社区（村）' : '街道（镇）'}已盖章${who}`,
  notSealed: '街道（镇）还没盖章',
  recorded: (who: string, day: string) => `（${who}，${day}）`,
  heldBy: {
    authority: '已留存',
    committee: '已交居（村）委会',
    organization: '已交给组织',
  } satisfies Record<Copy, string>,
  notHandedOut: '还没有交出去',
  closed: '组织已经注销：没盖的章、没交的表不用再办。',
  whichCopy: (which: string) =>
    `没听懂是哪一份。都办好就回复“已盖章 ${which}”“已分发 ${which}”；只有一份就加上“机关”“社区”或“组织”，例如“已分发 ${which} 组织”。`,
  gaps: '编号里空着的（不补号）：',
  gap: (first: string, last: number, count: number, reason: string | undefined) =>
    `· ${first}${count > 1 ? `到${last}号` : ''}：${reason ?? '没有记录。纸上给过的，请把旧台账交运维导入'}`,
  moreGaps: (count: number) => `……还有${count}处。`,
  acts: (which: string, waiting: string | undefined, status: FilingStatus): string => {
    if (status === 'approved') return `盖好章回复“已盖章 ${which}”。`
    if (status === 'sealed') return `每一份都交到手了，回复“已分发 ${which}”。`
    if (waiting !== 'community' && waiting !== 'street') return ''
    const decline = waiting === 'street' ? `，或“不予备案 ${which} 理由”` : ''
    return `回复“同意 ${which}”，或“退回 ${which} 栏目：理由”${decline}。`
  },
  original: (which: string) => `要看不打码的，回复“原件 ${which} 理由”。`,
  oneAtATime: '一次只办一件。请一件一件回复，例如“同意 1”。',
  movedOn: (standing: string, caseNumber: string) =>
    `您上次看过以后，这一件又往前走了：${standing}。要接着办，请先回复“查看 ${caseNumber}”。`,
  buttons: (
    which: string,
    waiting: Step | 'applicant' | undefined,
    status: FilingStatus,
  ): [phrase: string, name: string][] => {
    switch (status) {
      case 'submitted':
      case 'endorsed':
        return [
          [`同意 ${which}`, '同意'],
          [`退回 ${which}`, '退回'],
          ...(waiting === 'street' ? [[`不予备案 ${which}`, '不予备案'] satisfies [string, string]] : []),
        ]
      case 'approved':
        return [[`已盖章 ${which}`, '已盖章']]
      case 'sealed':
        return [[`已分发 ${which}`, '已分发']]
      case 'returned':
      case 'distributed':
      case 'declined':
      case 'withdrawn':
      case 'closed':
        return []
    }
  },
  giveBack: (which: string, item: string, reason: string) => `退回 ${which} ${item}：${reason}`,
  returnWhat: '退回哪一栏',
  notReturned: '先不退，看材料',
  stockReasons: (which: string, reasons: readonly string[]) =>
    [
      '退回要写明哪一栏、为什么。回复前面的数字：',
      ...reasons.map((reason, index) => `${index + 1}. ${reason}`),
      `也可以自己写：“退回 ${which} 栏目：理由”。`,
    ].join('\n'),
  declineHow: (which: string) =>
    `不予备案要写明理由，会告诉申请人。请回复“不予备案 ${which} 理由”，至少4个字。`,
  /** What a return calls the papers, as `whatToMend` hears it. */
  onPaper: '材料',
  papers: '纸上的材料（签字、盖章、附件）',
  moreItems: (more: number) => `还有${more}项`,
  returnedFor: (by: string, items: readonly string[], reason: string, note: string | undefined) =>
    `上次由${by}退回：${items.join('、')}。理由：${reason}${note === undefined ? '' : `（${note}）`}`,
  mended: (changed: readonly string[], left: readonly string[]) =>
    changed.length === 0
      ? '表上没有改动。'
      : `这次改了：${changed.join('、')}。${left.length > 0 ? `没有改：${left.join('、')}。` : ''}`,
  noteNeeded: (because: string, which: string) =>
    `${because}。请再发一次，后面加上说明，例如“退回 ${which} 栏目：理由 说明：到现场看了才发现”。`,
  reasonForOriginal: (which: string) => `看不打码的材料要写明用途，会记录下来。请回复“原件 ${which} 用途”。`,
  originalFollows: '已记录您的用途。材料在下面，请妥善保管，不要转发。',
  notFiledYet: (standing: string) => `不能更正：${standing}。`,
  cell: (list: string, row: number, column: string) => `${list}第${row}行${column}`,
  correctHow: (which: string) =>
    `更正当时记错的，这样回复：“更正 ${which} 栏目：对的内容 理由：为什么”，例如“更正 ${which} 联系电话：19900001234 理由：抄错一位”。表格里的写“负责人名单第2行姓名：……”。情况变了的不是更正，请让负责人办变更。`,
  correctWhich: (said: string, labels: readonly string[]) =>
    labels.length === 0
      ? `表上没有“${said}”这一栏，没有更正。`
      : `“${said}”有几栏，请写全：${labels.join('、')}。没有更正。`,
  correctNoRow: (label: string, rows: number) => `${label}现在只有${rows}行，没有更正。`,
  correctWhole: (label: string) =>
    `${label}不能整栏更正。名单里的一格写“${label}第2行姓名：……”，别的请让负责人办变更。`,
  correctPlace: '活动地域变了，归谁管、编号都要跟着变，不能更正。请让负责人办变更。',
  correctUnread: (label: string, because: string) => `没有更正。${label}：${because}`,
  correctCancelled: (name: string) => `${name}已经注销，备案的内容不能再更正。`,
  correctUnderWay: (kind: string, caseNumber: string) =>
    `有一件${kind}（${caseNumber}）正在办，现在更正会和它对不上。请先办完或退回这一件，再更正。`,
  correctSame: (label: string) => `${label}本来就是这样，没有更正。`,
  grantItems: { filingNumber: '备案编号', filedOn: '备案日期', validUntil: '有效期' } satisfies Record<
    GrantItem,
    string
  >,
  grantedHere: '编号和日期是街道（镇）同意备案时定的，不能更正。只有旧台账导入的可以。',
  dayUnread: '没看懂，请写成2024年3月5日这样',
  dayOrder: '备案日期不能晚于今天，有效期要在备案日期以后',
  correctReadBack: (
    name: string,
    caseNumber: string,
    label: string,
    was: string,
    is: string,
    reason: string,
  ) =>
    [
      `更正${name}（${caseNumber}）`,
      `【${label}】`,
      `原来：${was || '没有填'}`,
      `改成：${is}`,
      `理由：${reason}`,
      '没有问题就回复“确认更正”。会记下是谁改的，也会告诉负责人。',
    ].join('\n'),
  confirmCorrection: '确认更正',
  notCorrected: '好，没有更正。',
  nothingToCorrect: '现在没有等您确认的更正。',
  correctedTo: (label: string, now: string) => `${label}：${now}`,
  correctedLine: (label: string, who: string, day: string, reason: string) =>
    `更正过${label}（${who}，${day}）：${reason}`,
  actedFor: (who: string, office: string) => `${who}代${office}`,
  deputy: (name: string, office: string) => `（${name}代${office}办理）`,
  corrected: (times: number) => `这是第${times}次改好交回来的。`,
  done: {
    endorsed: (name: string) => `已同意：${name}。转到街道（镇）审核。`,
    returned: (name: string) => `已退回：${name}。申请人改好后会回到您这里。`,
    approved: (name: string, kind: Filing['kind'], number: string, until: string) => {
      const granted = {
        initial: ['已同意备案', `备案编号：${number}\n有效期至${inChinese(until)}`],
        renewal: ['已同意重新备案', `备案编号：${number}\n有效期至${inChinese(until)}`],
        change: ['已同意变更', `备案编号不变：${number}`],
        cancellation: ['已同意注销', `原备案编号：${number}`],
      }[kind]
      return `${granted.join(`：${name}\n`)}\n盖好章请回复“已盖章”。`
    },
    declined: (name: string) => `已作出不予办理的决定：${name}。理由已告诉申请人。`,
    noted: (name: string) => `已登记：${name}。`,
    sealed: (name: string) => `已登记盖章：${name}。每一份交到手后请回复“已分发”。`,
    distributed: (name: string) => `已登记分发：${name}。这一件办完了。`,
    closed: (names: string[]) => `组织注销了，这些不用再办：${names.join('、')}。`,
    corrected: (name: string, label: string) => `已更正：${name}，${label}。已经告诉负责人。`,
    withdrawn: (name: string) => `已撤回：${name}。要重新办，回复“开始备案”。`,
    resubmitted: (name: string) => `已重新提交：${name}。交回给退回的那一位。`,
    moved: (name: string) => `已重新提交：${name}。地方改了，由新地方的社区（村）或街道（镇）从头核对。`,
  },
} as const
