import { Paragraph, Table } from 'docx'
import { continuation } from './initial-template.ts'
import { cell, grid, line, nothing, page, row, type CellStyle } from './word-parts.ts'

/** 附件2 and 附件3, in the order and words in which they were issued (structure.md 5.3 and 6.3). */

const heading = (annex: string, title: string): Paragraph[] => [
  line(annex, { face: 'heading', size: 16 }),
  line(title, { face: 'title', size: 22, align: 'center', before: 8, after: 12 }),
]

const date = (keepNext = false): Paragraph => line('年    月    日', { align: 'right', right: 8, keepNext })
/** On the page of the opinions: nobody signs one page and stamps another. */
const signature = (whose: string): Paragraph[] => [line(whose, { keepNext: true }), date(true)]
const seal = (): Paragraph => line('（盖章）', { align: 'right', right: 16, before: 40 })

const opinions = (span: number) =>
  row(46, [
    cell([line('社区居委会（村委会）意见：'), seal(), date()], { span, vertical: 'top' }),
    cell([line('备案机关意见：'), seal(), date()], { span, vertical: 'top' }),
  ])

const wide = (label: string, tag: string, spans: [number, number], height: number) =>
  row(height, [cell(label, { span: spans[0] }), cell(tag, { span: spans[1], align: 'left' })])

/** 柳北解备〔2026〕12号 on one line. */
const NUMBER: CellStyle = { size: 10, tight: true }

const text = (tag: string, span: number, style: CellStyle = {}) => cell(tag, { span, ...style })

export function changeTemplate() {
  const table: Table = grid(
    [28, 14, 19, 20, 20, 19, 20, 20],
    [
      row(13, [cell('组织名称'), text('{{组织名称}}', 4), cell('备案编号'), text('{{备案编号}}', 2, NUMBER)]),
      row(12, [cell('主要负责人'), text('{{主要负责人}}', 4), cell('联系电话'), text('{{联系电话}}', 2)]),
      row(11, [
        cell('变更的事项', { span: 2 }),
        cell('变更前内容', { span: 3 }),
        cell('变更后内容', { span: 3 }),
      ]),
      row(12, [
        text('{{#变更}}{{变更的事项}}', 2),
        text('{{变更前内容}}', 3),
        text('{{变更后内容}}{{/变更}}', 3),
      ]),
      wide('申请变更\n理由', '{{申请变更理由}}', [1, 7], 18),
      wide('履行的\n内部程序', '{{履行的内部程序}}', [1, 7], 18),
      row(18, [cell(signature('社区社会组织主要负责人签字：'), { span: 8 })]),
      opinions(4),
    ],
  )
  const children = [
    ...heading('附件2', '柳州市社区社会组织变更备案申请表'),
    table,
    nothing(),
    ...continuation(),
  ]
  return [{ ...page([25, 25, 22, 25]), children }]
}

export function cancellationTemplate() {
  const table: Table = grid(
    [22, 14, 16, 14, 12, 12, 17, 12, 20.5, 20.5],
    [
      row(13, [
        cell('组织名称', { span: 2 }),
        text('{{组织名称}}', 4),
        cell('备案编号', { span: 2 }),
        text('{{备案编号}}', 2, NUMBER),
      ]),
      row(14, [
        cell('住所'),
        text('{{住所}}', 3, { size: 10.5 }),
        cell('主要负责人', { span: 2 }),
        text('{{主要负责人}}', 1, { size: 10.5 }),
        cell('电话'),
        text('{{电话}}', 2),
      ]),
      wide('申请注销理由', '{{申请注销理由}}', [2, 8], 26),
      wide('履行内部程序', '{{履行内部程序}}', [2, 8], 26),
      wide('债权债务的\n清算情况', '{{债权债务的清算情况}}', [2, 8], 26),
      wide('退还原备案表\n等记录', '{{退还原备案表等记录}}', [2, 8], 26),
      row(20, [cell(signature('社区社会组织负责人签字（盖章）：'), { span: 10 })]),
      opinions(5),
    ],
  )
  const children = [
    ...heading('附件3', '柳州市社区社会组织注销备案申请表'),
    table,
    nothing(),
    ...continuation(),
  ]
  return [{ ...page([25, 25, 22, 25]), children }]
}
