import { cell, grid, line, nothing, page, row } from './word-parts.ts'

/** 月报 汇总 as a report to the bureau: what the incubators say, who reported what, then who did not. A4 across. */
export const collectedTemplate = () => [
  {
    ...page([22, 20, 20, 20], 'numbered', 'landscape'),
    children: [
      line('{{标题}}', { face: 'title', size: 22, align: 'center', after: 6 }),
      line('{{概况}}', { size: 14, pitch: 24 }),
      line('{{汇总人}}', { size: 12, pitch: 24, after: 6 }),
      line('{{#孵化部分}}'),
      line('一、孵化机构（社工站）报送的动态及服务成果', {
        face: 'heading',
        size: 14,
        pitch: 26,
        keepNext: true,
      }),
      grid(
        [40, 217],
        [
          row(8, [cell('所在地', HEAD), cell('动态及服务成果', HEAD)], true),
          row(8, [cell('{{#孵化机构}}{{所在地}}'), cell('{{动态及服务成果}}{{/孵化机构}}', LEFT)]),
        ],
      ),
      line('{{/孵化部分}}'),
      line('{{组织节}}、各社区社会组织月报', {
        face: 'heading',
        size: 14,
        pitch: 26,
        before: 8,
        keepNext: true,
      }),
      grid(
        [12, 45, 70, 15, 115],
        [
          row(
            8,
            ['序号', '所在地', '名称', '活动（场）', '组织动态、服务内容、服务成效'].map((title) =>
              cell(title, HEAD),
            ),
            true,
          ),
          row(8, [
            cell('{{#组织}}{{序号}}'),
            cell('{{所在地}}'),
            cell('{{名称}}', LEFT),
            cell('{{活动}}'),
            cell('{{内容}}{{/组织}}', LEFT),
          ]),
        ],
      ),
      line('{{#没报部分}}'),
      line('{{没报节}}、没有报的{{没报家数}}家', {
        face: 'heading',
        size: 14,
        pitch: 26,
        before: 8,
        keepNext: true,
      }),
      grid(
        [60, 197],
        [
          row(8, [cell('所在地', HEAD), cell('名称', HEAD)], true),
          row(8, [cell('{{#没报}}{{所在地}}'), cell('{{名单}}{{/没报}}', LEFT)]),
        ],
      ),
      line('{{/没报部分}}'),
      line('汇总单位（盖章）：　　　　　　　　　　　填报人：　　　　　　　　　　日期：', {
        size: 12,
        before: 12,
      }),
      nothing(),
    ],
  },
]

const HEAD = { face: 'heading' } as const
const LEFT = { align: 'left' } as const
