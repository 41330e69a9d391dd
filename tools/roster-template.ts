import { cell, grid, line, nothing, page, row } from './word-parts.ts'

/** 人员名册 (附件1填表说明3); the columns are ours, the document gives none. */
export const rosterTemplate = () => [
  {
    ...page([25, 25, 25, 25]),
    children: [
      line('人员名册', { face: 'title', size: 22, align: 'center', after: 14 }),
      line('组织名称：{{组织名称}}', { size: 14, after: 4 }),
      line('人数：{{人数}}', { size: 14, after: 8 }),
      grid(
        [14, 28, 16, 38, 32, 32],
        [
          row(
            10,
            ['序号', '姓名', '性别', '联系电话', '队内职务', '备注'].map((label) =>
              cell(label, { face: 'heading' }),
            ),
            true,
          ),
          row(8.5, [
            cell('{{#名册}}{{序号}}'),
            cell('{{姓名}}'),
            cell('{{性别}}'),
            cell('{{联系电话}}'),
            cell('{{队内职务}}'),
            cell('{{/名册}}'),
          ]),
        ],
      ),
      nothing(),
    ],
  },
]
