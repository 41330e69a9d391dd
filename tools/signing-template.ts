import { cell, grid, line, nothing, page, row, ruledLines } from './word-parts.ts'

/** Who signs or seals, and where; `who` and `where` may hold tags. */
type Signing = { who: string; where: string }

type Sheet = { print: string; order: Signing[]; after: string[] }

/** One page in large print for the leader: who signs where, in which order, and which copy goes to whom. */
const signingSheet = ({ print, order, after }: Sheet) => [
  {
    ...page([20, 20, 18, 20], 'unnumbered'),
    children: [
      line('签字盖章提示', { face: 'title', size: 26, align: 'center', after: 6 }),
      line('{{组织名称}}', { face: 'heading', size: 18, align: 'center', after: 8 }),
      line(`一、${print}`, { size: 18, pitch: 30 }),
      line('二、按下面的顺序，每份都用笔签，不能代签：', { size: 18, pitch: 30, after: 4 }),
      grid(
        [14, 50, 106],
        order.map(({ who, where }, index) =>
          row(17, [
            cell(String(index + 1), { size: 18 }),
            cell(who, { size: 18, face: 'heading' }),
            cell(where, { size: 18, align: 'left' }),
          ]),
        ),
      ),
      line('三、办好以后三份这样分：', { size: 18, pitch: 30, before: 8 }),
      line('街道办事处（镇政府）留一份；', { size: 18, pitch: 28, indent: 2 }),
      line('社区居委会（村委会）{{居（村）委会的一份}}；', { size: 18, pitch: 28, indent: 2 }),
      line('自己留一份，请保管好。', { size: 18, pitch: 28, indent: 2 }),
      ...after.map((text) => line(text, { size: 18, pitch: 30 })),
      ruledLines(
        [48, 122],
        12,
        [
          ['社区（村）：', '{{居（村）委会}} 电话：'],
          ['街道（镇）：', '{{备案机关}} 电话：'],
        ],
        18,
      ),
      nothing(),
    ],
  },
]

const COMMITTEE = '社区居委会\n（村委会）'
const AUTHORITY = '街道办事处\n（镇政府）'

export const signingTemplate = () =>
  signingSheet({
    print: '备案申请表打印三份，人员名册附一份。',
    order: [
      { who: '每位负责人', where: '“负责人名单”自己那行最后一格“本人签名”' },
      { who: '主要负责人', where: '“主要负责人情况”最下面“本人签名”，写日期' },
      { who: '主要负责人', where: '“备案意见”里声明下面签字，写日期' },
      { who: COMMITTEE, where: '{{居（村）委会的意见}}' },
      { who: AUTHORITY, where: '写是否同意备案，盖章，写日期、备案编号' },
    ],
    after: ['四、有效期二年，到期要重新备案。', '五、不清楚就打电话问：'],
  })

/** 附件2 does not say how many copies there are, nor who signs when the leader changes (domain notes G7). */
export const changeSigningTemplate = () =>
  signingSheet({
    print: '变更备案申请表打印三份。文件没有写份数，先问问街道（镇）。',
    order: [
      {
        who: '主要负责人',
        where: '“主要负责人签字”后面签字，写日期。换了主要负责人的，新的签，先问街道（镇）',
      },
      { who: COMMITTEE, where: '{{居（村）委会的意见}}' },
      { who: AUTHORITY, where: '写意见，盖章，写日期' },
    ],
    after: ['四、备案编号不变，有效期不变。', '五、不清楚就打电话问：'],
  })

/** 附件3, whose signature may be sealed where there is a seal. */
export const cancellationSigningTemplate = () =>
  signingSheet({
    print: '注销备案申请表打印三份。文件没有写份数，先问问街道（镇）。',
    order: [
      { who: '负责人', where: '“负责人签字（盖章）”后面签字，有章的盖章，写日期' },
      { who: COMMITTEE, where: '{{居（村）委会的意见}}' },
      { who: AUTHORITY, where: '写意见，盖章，写日期' },
    ],
    after: ['四、原来的备案表带去，退给街道（镇）。', '五、不清楚就打电话问：'],
  })
