const lines = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join('\n')

/** What is said about complaints, help, claims and the keeping of data. */
export const serviceWords = {
  // 投诉建议
  complaintAsk: '请用一条消息说说什么事，可以打字，也可以发语音。这会直接送到区民政局。不说了就回复“取消”。',
  complaintLong: (most: number) => `太长了，请说短一点，最多${most}个字。`,
  complaintShort: '请把事情说清楚一点。不说了就回复“取消”。',
  complaintWho: lines(
    '要留名吗？街道（镇）、社区看不到，除非您选第3个。',
    '1. 匿名，只给区民政局看',
    '2. 留名，只给区民政局看',
    '3. 留名，也给街道（镇）看',
  ),
  complaintDropped: '好，没有记。要说的时候回复“投诉建议”。',
  complaintTaken: (number: string, anonymous: boolean) =>
    lines(
      `收到了，回执号：${number}。已送区民政局，有答复我告诉您。`,
      anonymous && '您选了匿名：工作人员看不到您是谁。',
    ),
  complaintNews: (number: string) => lines(`收到一条投诉建议（${number}）。`, '回复“投诉”查看。'),
  complaintAnswered: (number: string, answer: string) => lines(`您的投诉建议（${number}）有答复了：`, answer),
  complaints: (count: number) => (count === 0 ? '没有投诉建议。' : `投诉建议${count}条，没答复的在前：`),
  complaintLine: (number: string, day: string, who: string, text: string, answer: string | undefined) =>
    lines(
      `${number}，${day}，${who}：${text}`,
      answer === undefined ? '   还没有答复' : `   已答复：${answer}`,
    ),
  complaintsNotYours: lines(
    '您不能看投诉建议：只有区民政局能看，本人同意的街道（镇）也能看。',
    '自己要提意见，回复“投诉建议”。',
  ),
  complaintsOfStreet: '没有您能看的投诉建议。本人同意给街道（镇）看的，才在这里。',
  anonymous: '匿名',
  answerHow: '要答复就回复“答复 前面的数字 要说的话”。',
  noSuchComplaint: '没有这一条，或者您不能看。回复“投诉”看名单。',
  answerEmpty: (number: string) => `请写明答复什么，例如“答复 ${number} 已经联系社区开门”。`,
  answerSent: (number: string) => `已答复${number}，会告诉提出的人。`,

  // 人工
  worker: (office: string, name: string, phone: string) =>
    `请找${office}的${name}${phone === '' ? '' : `，电话${phone}`}。`,
  workerTold: (name: string) => `我已给${name}留话，会来找您。有人帮了、或者不用了，回复“好了”。`,
  workerToldBefore: (name: string) => `已经给${name}留过话了。有人帮了、或者不用了，回复“好了”。`,
  workerAsked: (who: string, where: string) =>
    lines(`${who}${where}，想请人帮一下。`, '请在企业微信里直接找这位，或者打电话、当面帮。'),
  filling: (form: string, number: number) => `在填${form}第${number}题`,
  readingBack: (form: string) => `在核对${form}`,
  notFilling: (organization: string | undefined) => `在问${organization ?? '备案'}的事`,
  helpOver: '好的。',
  helpOverNews: (who: string) => `${who}说好了，不用再帮了。`,

  // 认领
  claimHow: '以前在纸上备过案的，回复“认领 备案编号”，例如“认领 柳北解备〔2022〕3号”。',
  claimAsk: (number: string) => `${number}主要负责人的姓名是什么？（和当时备案的一样）`,
  claimUnknown: '没有查到这个备案编号。请照备案表封面写全，或者找街道（镇）核对。',
  claimMine: (name: string) => `${name}已经在您名下了。回复“我的组织”查看。`,
  takeOverAsked: '这个组织在别的账号名下。已请街道（镇）核对，核对好了就归到您名下，我会告诉您。',
  takeOverNews: (name: string, number: string, who: string, caseNumber: string) =>
    lines(
      `${name}（${number}）：账号${who}说是现在的主要负责人，要接手。`,
      `核对是本人，回复“转交 ${caseNumber} ${who}”。不是本人就不用转，请告诉区民政局。`,
    ),
  handOverHow: (caseNumber: string) => `转交要写明转给谁的企业微信账号，例如“转交 ${caseNumber} zhangsan”。`,
  notToOneself: '不能转交给自己。',
  handedOver: (name: string, who: string) => `已转交：${name}，以后由账号${who}办理。`,
  handedOverNews: (name: string) => `${name}归到您名下了。回复“我的组织”查看。`,
  handedAwayNews: (name: string) => `${name}已由街道（镇）转给新的主要负责人办理。不对的话，请找街道（镇）。`,
  claimWrong: '姓名对不上。请照备案时的姓名再说一遍；不认领了就回复“取消”。',
  claimTooOften: '姓名对不上，今天不能再试了。请找街道（镇）办理。',
  claimDropped: '好，没有认领。',
  claimed: (name: string, number: string, until: string) =>
    lines(`认领好了：${name}`, `备案编号：${number}，有效期至${until}。`, '要重新备案，回复“续期”。'),
  claimedNews: (name: string, number: string, who: string) =>
    lines(
      `${name}（${number}）有人以主要负责人的身份认领了，账号${who}。`,
      '不是本人的话，请马上告诉区民政局。',
    ),

  // 我的数据、撤销同意
  myData: (parts: string[]) =>
    parts.length === 0
      ? '您没有在这里填过表。我这里记着的都在下面的文件里，只有您能打开。'
      : lines(`我这里记着您的：${parts.join('、')}。`, '全部内容在下面的文件里，只有您能打开。'),
  myDataName: '我的数据.xlsx',
  revokeAsk: (drafts: number, charters: number, remains: string[]) =>
    lines(
      '真要撤销个人信息的同意吗？',
      drafts > 0 ? `没交的${drafts}份表会删掉。` : '您没有没交的表。',
      charters > 0 && `在这里写好的${charters}份章程也会删掉，要留着的先“打印”。`,
      remains.length > 0 && '已经提交的仍由社区、街道（镇）依规定保存：',
      ...remains,
      '1. 撤销',
      '2. 不撤销',
    ),
  revoked: (remains: boolean) =>
    lines(
      '已撤销，没交的表删掉了。以后要在这里填表，会再问您一次。',
      remains && '已提交、还没办完的，可以回复“撤回”；办完的，找街道（镇）注销。',
    ),
  notRevoked: '好，没有撤销。',
  neverAgreed: '您没有同意过，我这里没有可撤销的。',

  // 台账导出
  ledgerReady: (phones: boolean, mayPhones: boolean) =>
    phones
      ? '台账在下面，电话是完整的，请妥善保管。用途和这次导出已记录。'
      : `台账在下面，电话打了码。${mayPhones ? '要完整的，回复“台账 导出 用途”，用途会记录。' : ''}`,
  ledgerTaken: (purpose: string) =>
    `导出台账${purpose === '' ? '' : `（电话完整）：${purpose.slice(0, 60)}`}`,
  ledgerName: (day: string) => `备案台账${day}.xlsx`,
  noExport: '导出台账由街道（镇）、区民政局办理，您无权导出。',

  // 清理、查阅记录
  onlyDistrict: '这由区民政局或者运维人员办理，您无权办理。',
  nothingDue: '没有超过保存期限的资料。',
  due: (count: number) => `超过保存期限的${count}项：`,
  proposals: '（保存期限是建议值，还没有经区民政局核定：见模板文件夹里的 retention.yaml）',
  duePropose: '核对无误，回复“同意清理”。要两个人都同意才真的删，删了不能恢复。',
  dueSecond: (name: string, day: string) =>
    `${name}${day}已同意清理上面这些。您也核对无误，回复“同意清理”，就真的删掉。`,
  dueWaiting: '您已同意清理上面这些，还要另一位区民政局或者运维人员同意。',
  lookFirst: '请先回复“清理”，看过名单再同意。',
  proposed: (count: number) => `已记下：您同意清理${count}项。还要另一位区民政局或者运维人员同意。`,
  proposedNews: (name: string, count: number) =>
    lines(`${name}提出清理${count}项超过保存期限的资料。`, '请回复“清理”核对。'),
  samePerson: '不能清理：要由另一个人同意。',
  proposalGone: '不能清理：名单已经变了。请回复“清理”重新看。',
  purged: (count: number) => `已清理${count}项，销毁清单已留存。备案编号和受理号仍然占用。`,
  moreItems: (count: number) => `……还有${count}项。`,
  looks: (count: number) => (count === 0 ? '没有查阅记录。' : `最近的查阅记录${count}条：`),
  lookLine: (time: string, name: string, what: string, reason: string) =>
    `${time} ${name} 看了${what}：${reason}`,
} as const
