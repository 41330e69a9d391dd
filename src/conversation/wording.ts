/** Every sentence of the bot's own. Questions are in the forms, notices and answers in the template pack. */

export const lines = (...parts: (string | false | undefined)[]): string =>
  parts.filter((part) => part).join('\n')

/** A full stop, unless the text brought its own. */
const ended = (text: string): string => (/[。！？；]$/.test(text) ? text : `${text}。`)

export const wording = {
  join: lines,

  // starting and leaving
  started: '好，我们来填备案申请表。一次只问一件事，随时可以停，填过的不会丢。',
  startedForSomebody: '好，您替负责人填。填完要念给负责人听，负责人说对才交。',
  helperOn: '好，记下了：您是替负责人填的。填完请念给负责人听。',
  cannotRead:
    '不识字、不会打字都不要紧：按住说话就行；也可以请家里人代填，让他先回复“代填”；要人帮忙，回复“人工”。',
  alreadyFilling: '您正在填一份表，接着来：',
  resumed: '欢迎回来，填过的都在。',
  paused: '好，先停在这里，填过的都存好了。什么时候回来，回复“继续”就行。',
  nothingToPause: '现在没有在填的表。要备案请回复“开始备案”。',
  nothingToContinue: '您没有填了一半的表。要备案请回复“开始备案”。',
  cancelAsk: '真要取消吗？填过的会全部删掉。\n1. 取消，删掉\n2. 不取消，接着填',
  cancelled: '已取消，填过的内容删掉了。以后要备案，回复“开始备案”。',
  notCancelled: '好，没有取消，接着填。',
  notTakenWhilePaused: '您的表还停着，这句我没有记。请先回复“继续”，再发一次。',
  resumeWhich: '您有几件没办完，接着办哪一件？',
  halfway: (name: string | undefined) => `${name ?? '还没起名的组织'}（填了一半）`,
  toCorrect: (name: string, caseNumber: string) => `${name}（受理号${caseNumber}，退回来要改）`,
  onward: (phrase: string) => `接下来可以回复“${phrase}”。`,
  heard: '好的。',
  whatIsWrong: '前一题不对，回复“上一步”；别的不对，说“改第几项”。',
  heardIdle: '好的。还有备案的事，随时问我。',
  draftWaiting: '您有一份没填完的表，回复“继续”接着填。',

  // consent
  consentAgain: '请先回复“同意”或“不同意”。',
  consentExplained:
    '就是先问您一声：填表要用到您的个人信息，愿不愿意让我记。愿意回复“同意”，不愿意回复“不同意”，都不要紧。',
  consentRefused:
    '好，那就不在这里填表。您可以到社区领纸质表格，效果一样。备案的事仍然可以随时问我；改主意了，回复“开始备案”。',
  consentGiven: '谢谢，已记下您的同意。',

  // questions
  place: (number: number, total: number, sitting: number, sittings: number, label: string) =>
    `【${label}】第${number}题/共${total}题（第${sitting}段，共${sittings}段）`,
  example: (text: string) => `例：${text}`,
  chooseByNumber: '回复数字或文字都行。',
  presentValue: (value: string) => `现在填的是：${value}\n不改就回复“继续”。`,
  noted: (label: string, value: string) => `好，${label}：${ended(value)}`,
  placeIn: (name: string, street: string) => `${name}（${street}）`,
  notedSeveral: '好，都记下了。',
  changed: (label: string, value: string) => `改好了，${label}：${ended(value)}`,
  kept: '好，保留原来填的。',
  follows: (label: string, value: string) => `${label}跟着改成：${value}。`,
  listed: '备案的负责人名单里有这位，这些照原来的，不用再填。',
  askedAgain: (label: string) => `${label}跟这个有关，要重新问您一次。`,
  doubtful: (because: string, value: string) =>
    // Some reasons already say what was heard.
    because.includes(`“${value}”`)
      ? lines(`${because}，对吗？`, '1. 对', '2. 不对')
      : lines(because, `您说的是“${value}”，对吗？`, '1. 对', '2. 不对'),
  noThen: '好，那请再说一遍。',
  whichThen: '那是下面哪一个？都不是，就说名字。',
  pickNumber: '请回复前面的数字。',
  several: (facts: string[]) =>
    lines('我听到这几样：', ...facts.map((fact) => `· ${fact}`), '都对吗？', '1. 对', '2. 不对'),
  foundByModel: (proposal: string) => lines('（AI理解，请您核对）', proposal),
  notSeveral: '好，那我们一样一样来。',
  expected: (label: string, explain: string) => `这里要填的是“${label}”。${explain}`,
  membersDiffer: (words: string) => `${words}。说错了回复“改会议”；没错就接着办，社区会看到。`,
  meetingLater: (label: string) => `开会的事下面会问。这里先说“${label}”。`,
  mayLeave: '不知道、没有也不要紧：回复“跳过”先放一放，或者回复“人工”找人帮忙。',
  settleFirst: '还不能交。刚才说的先定下来：',
  sayYesOrNo: '请回复“对”或“不对”。',
  useSuggestion: (text: string) => `用这段：${text}`,
  writeOwn: '也可以自己写。',
  first: '这已经是第一题了。',
  postponed: '好，这题先放一放，最后再问。',
  leftBlank: '好，这一格空着。',
  onlyOneLeft: '就剩这一题了，填上才能交。先停下请回复“暂停”。',
  needsHuman: '要是还不清楚，回复“人工”，我告诉您找谁。',
  noSuchItem: (total: number) => `没有这一项。现在一共${total}项，说“改第几项”就行。`,
  noSuchPerson: (name: string) => `表里没有叫${name}的。`,
  noSuchRow: '没有这一位（这一段）。',
  whichField: '您要改哪一项？',
  rowDeleted: (value: string) => `已删掉：${value}。`,
  rowsSoFar: (value: string[]) => lines('已经有：', ...value.map((row, index) => `(${index + 1}) ${row}`)),
  noMore: '没有了',
  rowsHint: '要删掉一位（段），说“删第2个”；要改，说“改第2位”；不改了，回复“没有了”。',
  atLeastOne: '至少要说一样。',
  rosterFirst:
    '名册是备案表要附的一份名单：参加的人每人一行。备案时我会请您把名单发来，替您排成表。要备案请回复“开始备案”。想问名册的规定，说一句整话就行，比如“名册要几份”。',
  rosterEmpty: '名册里还没有人，至少要有一位。',
  rosterNow: (total: number) => `名册现在共${total}人。`,
  nobodyToRemove: '名册里没有这个人，没有改。要删掉一位，说“删掉”加姓名；加人只发姓名就行。',
  sameNames: (name: string, people: string[]) =>
    lines(`名册里有几位${name}：`, ...people, '请说“删第几个”。'),
  rosterTaken: (count: number, total: number) => `收到${count}人，名册现在共${total}人。`,
  rosterProblems: (problems: string[], more: number) =>
    lines('这几行请看一下：', ...problems, more > 0 && `……还有${more}行。`),
  rest: (done: number, left: number, next: string, questions: number, label: string, ask: string) =>
    lines(
      left === 0
        ? `第${done}段填完了，都存好了。`
        : `第${done}段先到这里，都存好了。有${left}题没填，放到最后再问。`,
      `下一段：${next}，共${questions}题。先要填的是【${label}】：${ask}`,
      '回复“继续”接着填，直接回答也行；想歇歇就回复“暂停”，哪天回来都行。',
    ),
  progress: (done: number, total: number, sitting: string) =>
    `一共${total}题，填好了${done}题，还剩${total - done}题。现在是“${sitting}”这一段。`,

  // read-back and submitting
  readBackHead: (page: number, pages: number) =>
    pages > 1 ? `请核对一遍（第${page}页，共${pages}页）：` : '请核对一遍：',
  readBackCorrected: '这次要改的就是下面这几项，请核对一遍：',
  readBackOnlyPapers: '表上不用改。要补的是签字、盖章或者附上的材料。',
  readBackNext: '看完回复“下一页”。要改就说“改第几项”。',
  readBackLast: '表格在下面，可以打开看。都对就回复“确认提交”；要改就说“改第几项”。',
  readBackLastHelper:
    '请把上面的念给负责人听。负责人说都对，请回复“负责人已确认”，再回复“确认提交”。要改就说“改第几项”。',
  declaration: (text: string) => `提交就是声明：${text}`,
  blank: '（空）',
  none: '无',
  moreRows: (count: number) => `……还有${count}行`,
  notYetSubmitted: '还没有交。回复“确认提交”才算交。',
  atReadBack: '现在是核对。要改就说“改第几项”；都对，看到最后一页回复“确认提交”。',
  seeFirst: '请先核对一遍再交。',
  leaderFirst: '您是替负责人填的。请念给负责人听，负责人说对，先回复“负责人已确认”。',
  leaderConfirmed: '好，记下了：负责人听过，说都对。现在可以回复“确认提交”。',
  notHelper: '您就是本人在填，不用这一步。',
  notComplete: (labels: string[]) => `还不能交，还差：${labels.join('、')}。`,
  reminders: (warnings: string[]) =>
    lines('提醒您（不影响提交）：', ...warnings.map((warning) => `· ${warning}`)),
  notInRoster: (name: string) => `名册里没有负责人${name}，请核对`,
  newNotInRoster: (name: string) =>
    `备案的名册里没有负责人${name}。名字写错了就改；是新来的，跟社区说一声，续期时补进名册`,
  sameId: (label: string, row?: number) =>
    lines(
      `这个号码和“${label}”填的一样。两个人的身份证号码不会相同，请核对。`,
      row !== undefined && `要是同一个人说了两遍，回复“删第${row + 1}个”。`,
    ),
  sameIdTwice: '有两位负责人的身份证号码一样，请改一位。',
  unchanged: (items: string[]) =>
    lines(
      `还不能交：${items.map((item) => `“${item}”`).join('、')}填的和备案的一样，没有变更。请说新的内容。`,
      '不变更这一项，回复“改变更的事项”，再把它删掉。',
    ),
  leavesList: (label: string) => `这位原来在${label}里，现在是主要负责人，已从${label}去掉。`,
  alreadySubmitted: '这份已经提交过了，不用再交。回复“到哪一步了”可以查。',
  submittedThenWithdrawn: '上次交的已经撤回了，现在没有可以提交的表。要重新办，回复“开始备案”。',
  submittedThenReturned: '退回来的还没有改。回复“继续”先改，改完再交。',
  nothingToSubmit: '现在没有可以提交的表。要备案请回复“开始备案”。',
  nameTaken: (existing: string) => `柳北区已经有“${existing}”了，不能重名。请加一个字号，或者换个名字。`,
  nameMine: (existing: string) => `您已经为“${existing}”提交过备案，不能再交一份同名的。`,
  withdrawn: (name: string) => `已撤回：${name}。要重新办，回复“开始备案”。`,
  withdrawAsk: (name: string, caseNumber: string) =>
    lines(`要撤回${name}（受理号${caseNumber}）吗？撤回后这次就不办了。`, '1. 撤回', '2. 不撤'),
  notWithdrawn: '好，没有撤回，照常办理。',
  messageRecalled: '好的，谢谢。',
  nothingToWithdraw: '您没有可以撤回的申请。',

  // change, cancellation, renewal
  nothingFiled: (what: string) => `您还没有备案过的组织，不能办${what}。要备案请回复“开始备案”。`,
  alreadyCancelled: (name: string) => `${name}已经注销了，不能再办。要重新备案请回复“开始备案”。`,
  underWay: (name: string, caseNumber: string) =>
    `${name}还有一件在办（${caseNumber}），办完或撤回以后才能再办。`,
  begun: {
    change: (name: string) => `好，给${name}办变更。原来的内容我都有，只说要改的。`,
    cancellation: (name: string) => `好，给${name}办注销。名称、编号这些我都有，只问几样。`,
    renewal: (name: string) => `好，给${name}办到期重新备案。上次填的都带过来了。`,
  },

  // charter
  charterNeedsFiling:
    '章程要用到备案表里的内容。请先回复“开始备案”填好备案表，再来写章程。想问章程的规定，说一句整话就行，比如“章程有几条”。',
  charterBegun: (name: string) => `好，给${name}写章程。备案表里有的我都填好了，只问没有的。`,
  charterAgain: (name: string) => `好，接着改${name}的章程。上次说的都在，要改就说“改第几项”。`,
  charterKept: '章程写好了，存下了。请打印出来，给全体成员看。要改，再回复“章程”。',
  charterSend: '请把章程的Word文件发给我，或者把章程全文粘贴过来，我一条一条对。',
  charterGoesOn: (last: string) => `收到，到第${last}条了。后面的接着发；发完了回复“没有了”，我就开始对。`,
  charterNoArticles: '没有读到“第一条”这样的条文。请发章程的Word文件，或者把章程全文粘贴过来。',
  charterUnread:
    '这个文件读不了。旧的.doc、加了密码的、扫描的都不行：请另存为不带密码的.docx再发，或者把全文粘贴过来。',
  charterSound: '一条一条对过了，19条都在，没有发现要改的。',
  charterFindings: (count: number) => `一条一条对过了，有${count}处要看：`,
  charterLast: '章程在下面，可以打开看。都对就回复“确认提交”存下来；要改就说“改第几项”。',

  // changing what was handed in
  edit: {
    returned: (name: string) => `${name}退回来了，回复“继续”接着改。`,
    submitted: (name: string) =>
      `${name}已经交上去了，不能直接改。要改请先回复“撤回”，再重新填；不急的话，备案以后回复“变更”。`,
    filed: (name: string) =>
      `${name}已经备案了。情况变了，请回复“变更”；当时就记错了，请街道（镇）更正，或者回复“人工”。`,
  },

  // documents
  documents: '表格在下面，24小时内点开有效：',
  halfFilled: '没填的地方是空的，可以手写补上。',
  notYourCase: (which: string) => `您没有受理号是${which}的。回复“我的组织”看您有哪些。`,
  nothingToPrint: '您还没有填表，没有可以打印的。要备案请回复“开始备案”。',
  which: '要哪一份？',
  charterOf: (name: string | undefined) => `${name ?? '还没起名的组织'}的章程`,
  beingFilled: (name: string | undefined) => `${name ?? '还没起名的组织'}（没填完）`,
  alsoSent: '文件也单独发给您了。',

  // status
  statusNone: '您还没有提交过备案。要备案请回复“开始备案”。',
  statusDraft: (name: string, done: number, total: number) => `${name}：正在填，填好${done}题/共${total}题。`,
  statusOf: (name: string, caseNumber: string, state: string) => `${name}（受理号${caseNumber}）：${state}`,
  unnamed: '还没起名的组织',

  // group
  groupShield:
    '群里不要发身份证号、电话、住址，我没有记。请您把刚才那条撤回，这些到单聊里跟我说：点我的头像，发“继续”。',
  groupPersonal:
    '后面要填个人信息，不在群里问。请到单聊里接着填：点我的头像发消息，回复“继续”。前面填的都在。',
  groupPrivate: '这个要看个人信息，请到单聊里跟我说：点我的头像发消息。',

  // while away
  meanwhile: '您不在的时候：',

  // other kinds
  picture: '照片我看不懂，也没有保存。身份证照片请不要发。请打字或说话告诉我。',
  video: '视频我看不了，也没有保存。请打字或说话告诉我。',
  audio: '这种语音我听不了。请打字，或在机器人单聊里按住说话。',
  link: '链接我打不开。请打字或说话告诉我。',
  fileNotNow: '收到一个文件，但现在用不上，没有保存。发名册的时候再发给我。',
  fileReading: '收到文件，正在读……',
  fileProblem: (why: string) => `这个文件没读成：${ended(why)}也可以直接打字或粘贴名单。`,
  sheetsUnread: (names: readonly string[]) =>
    `文件里还有${names.map((name) => `“${[...name].slice(0, 20).join('')}”`).join('、')}，没有看。上面也有人的话，请拷到一张表里再发。`,
  noPeople: '里面没认出人名，表头要有“姓名”',
  unknownKind: '这种消息我还看不懂。请打字或说话告诉我。',
  staleCard: '这张卡片的事已经过去了。',
  cardDone: '这张卡片上的表已经办完了。要备案请回复“开始备案”。',
  clicked: (text: string) => `已选：${text}`,

  // help
  human: (name: string, phone: string) =>
    phone ? `可以打电话问：${name} ${phone}。` : `可以直接问${name}，或到社区居委会（村委会）当面问。`,
  matters: {
    change: '变更',
    cancellation: '注销',
    renewal: '续期',
    charter: '章程',
    report: '月报',
    complaint: '投诉建议',
    roster: '人员名册',
  },
  notYet: (what: string) => `${what}暂时还不能在这里办，请到社区或街道（镇）窗口办理。`,
  streamLost: '这条回答没能说完，请再问一次。',
  apology: (reference: string) =>
    `对不起，刚才出了点问题，您说的可能没记上，请再发一次。（编号${reference}）`,
} as const
