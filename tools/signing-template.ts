import { cell, grid, line, nothing, page, row, ruledLines } from './word-parts.ts'

/** One page in large print for the leader: who signs where, in which order, and which copy goes to whom. */
export const signingTemplate = () => [
  {
    ...page([20, 20, 18, 20], 'unnumbered'),
    children: [
      line('签字盖章提示', { face: 'title', size: 26, align: 'center', after: 6 }),
      line('{{组织名称}}', { face: 'heading', size: 18, align: 'center', after: 8 }),
      line('一、备案申请表打印三份，人员名册附一份。', { size: 18, pitch: 30 }),
      line('二、按下面的顺序，每份都用笔签，不能代签：', { size: 18, pitch: 30, after: 4 }),
      grid(
        [14, 50, 106],
        (
          [
            ['1', '每位负责人', '“负责人名单”自己那行最后一格“本人签名”'],
            ['2', '主要负责人', '“主要负责人情况”最下面“本人签名”，写日期'],
            ['3', '主要负责人', '“备案意见”里声明下面签字，写日期'],
            ['4', '社区居委会\n（村委会）', '写是否同意备案，盖章，写日期'],
            ['5', '街道办事处\n（镇政府）', '写是否同意备案，盖章，写日期、备案编号'],
          ] as const
        ).map(([order, who, where]) =>
          row(17, [
            cell(order, { size: 18 }),
            cell(who, { size: 18, face: 'heading' }),
            cell(where, { size: 18, align: 'left' }),
          ]),
        ),
      ),
      line('三、办好以后三份这样分：', { size: 18, pitch: 30, before: 8 }),
      line('街道办事处（镇政府）留一份；', { size: 18, pitch: 28, indent: 2 }),
      line('社区居委会（村委会）留一份；', { size: 18, pitch: 28, indent: 2 }),
      line('自己留一份，请保管好。', { size: 18, pitch: 28, indent: 2 }),
      line('四、有效期二年，到期要重新备案。', { size: 18, pitch: 30 }),
      line('五、不清楚就打电话问：', { size: 18, pitch: 30 }),
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
