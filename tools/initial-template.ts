import { Paragraph, Table } from 'docx'
import { cell, grid, line, nothing, page, row, ruledLines, type CellStyle } from './word-parts.ts'

/** 附件1, in the order and words in which it was issued. */

const NOTES = [
  '1.该表由不具备注册登记条件的社区社会组织填写（包括社会团体和民办非企业单位）。',
  '2.该表仅用于掌握、了解社区（村）内社区社会组织基本情况用，不能作为其它任何证明，备案的社区社会组织不具有独立法人资格。',
  '3.填写表格时要附一份参加该社会组织的人员名册。',
  '4.备案编号由街道办事处（乡镇人民政府）按顺序填写；组织类别填写社会团体或民办非企业单位。',
  '5.表格一式三份，经备案机关审核备案后，一份备案机关留存，一份社区居委会（村委会）留存，一份备案社区社会组织自存，请妥善保管。',
  '6.本备案表有效期二年，到期需重新备案。',
]

const cover = (): (Paragraph | Table)[] => [
  line('附件1', { face: 'heading', size: 16 }),
  line('柳州市社区社会组织备案申请表', { face: 'title', size: 22, align: 'center', before: 110, after: 120 }),
  ruledLines([29, 127], 17, [
    ['组织名称：', '{{组织名称}}'],
    ['备案编号：', '{{备案编号}}'],
    ['组织类别：', '{{组织类别}}'],
    ['备案日期：', '{{备案日期}}'],
  ]),
  nothing(),
  line('填表说明', { face: 'heading', size: 22, align: 'center', after: 20, newPage: true }),
  ...NOTES.map((note) => line(note, { size: 16, pitch: 30, indent: 2 })),
]

/** 表1: a grid of eight columns. */
function basics(): Table {
  const value = (tag: string, span: number, style: CellStyle = {}) => cell(tag, { span, ...style })
  return grid(
    [14.5, 32, 16, 16, 17, 15, 17, 32.5],
    [
      row(15, [
        cell('备案社区社会组织名称', { span: 2 }),
        value('{{组织名称}}', 3),
        cell('活动地域\n（填社区名）', { span: 2 }),
        value('{{活动地域}}', 1),
      ]),
      row(13, [
        cell('活动场所地址及面积', { span: 2, merge: 'start' }),
        value('{{活动场所地址及面积}}', 3, { merge: 'start' }),
        cell('会员数\n（社团填）', { span: 2 }),
        value('{{会员数}}', 1),
      ]),
      row(13, [
        cell('', { span: 2, merge: 'go on' }),
        cell('', { span: 3, merge: 'go on' }),
        cell('工作人员数\n（民非填）', { span: 2 }),
        value('{{工作人员数}}', 1),
      ]),
      ...person('主要负责人'),
      ...person('联系人'),
      row(62, [cell('宗旨', { span: 2 }), value('{{宗旨}}', 6, { align: 'left' })]),
      row(72, [cell('业务范围', { span: 2 }), value('{{业务范围}}', 6, { align: 'left' })]),
    ],
  )
}

const person = (who: string) => [
  row(12, [
    cell(who, { merge: 'start' }),
    cell('姓名'),
    cell(`{{${who}姓名}}`, { span: 3 }),
    cell('联系电话', { span: 2 }),
    cell(`{{${who}电话}}`),
  ]),
  row(12, [
    cell('', { merge: 'go on' }),
    cell('社区社会组织职务', { size: 10.5 }),
    cell(`{{${who}职务}}`, { span: 6 }),
  ]),
]

/** 表2: a grid of six columns. Two rows repeat: one a principal or officer, one a stage of the career. */
function people(): Table {
  const text = (lines: string, span = 1, style: CellStyle = {}) => cell(lines, { size: 10.5, span, ...style })
  const heading = (title: string) => row(9, [cell(title, { span: 6, face: 'heading', keepNext: true })])
  const date = () => line('年    月    日', { align: 'right', right: 8 })
  return grid(
    [20, 28.8, 19, 45, 19, 28.2],
    [
      heading('负责人名单（理事长、副理事长、秘书长）'),
      row(
        10,
        ['姓名', '工作单位职务', '政治面貌', '身份证号码', '社区社会组织职务', '本人签名'].map((label) =>
          text(label, 1, { keepNext: true }),
        ),
      ),
      row(12, [
        text('{{#负责人名单}}{{姓名}}'),
        text('{{工作单位职务}}'),
        text('{{政治面貌}}'),
        text('{{身份证号码}}'),
        text('{{社区社会组织职务}}'),
        text('{{/负责人名单}}'),
      ]),
      heading('主要负责人情况'),
      row(10, [
        text('姓名'),
        text('{{主要负责人姓名}}'),
        text('性别'),
        text('{{性别}}'),
        text('出生年月'),
        text('{{出生年月}}'),
      ]),
      row(10, [
        text('籍贯'),
        text('{{籍贯}}'),
        text('文化程度'),
        text('{{文化程度}}'),
        text('政治面貌'),
        text('{{政治面貌}}'),
      ]),
      row(10, [text('工作单位及职务'), text('{{工作单位及职务}}', 3), text('手机'), text('{{手机}}')]),
      row(10, [text('家庭住址'), text('{{家庭住址}}', 5)]),
      row(12, [
        text('在备案社区社会组织中职务'),
        text('{{主要负责人职务}}', 2),
        text('其他社会职务'),
        text('{{其他社会职务}}', 2),
      ]),
      row(9, [
        text('个人简历', 1, { merge: 'start', keepNext: true }),
        text('何年何月至何年何月', 2, { keepNext: true }),
        text('在何地任何职务', 3, { keepNext: true }),
      ]),
      row(9, [
        text('', 1, { merge: 'go on' }),
        text('{{#个人简历}}{{何年何月至何年何月}}', 2, { tight: true, size: 10 }),
        text('{{在何地任何职务}}{{/个人简历}}', 3),
      ]),
      row(13, [text('本人签名'), cell([date()], { span: 5, vertical: 'bottom' })]),
      heading('备案意见'),
      row(50, [
        cell(
          [
            line('本人声明以上备案信息真实、准确，依法依规开展活动，接受社区、街道（乡镇）监督指导。', {
              indent: 2,
              keepNext: true,
              after: 44,
            }),
            line('备案社区社会组织主要负责人签字：', { indent: 2, after: 14, keepNext: true }),
            date(),
          ],
          { span: 6 },
        ),
      ]),
      opinion('社区（村）居委会意见：'),
      opinion('备案机关意见：'),
    ],
  )

  /** High enough for a seal. */
  function opinion(whose: string) {
    return row(62, [
      cell(
        [
          line(whose, { indent: 2, before: 4 }),
          line('（是否同意备案）', { indent: 2, after: 84 }),
          line('（盖章）', { align: 'right', right: 20, after: 4 }),
          date(),
        ],
        { span: 6, vertical: 'top' },
      ),
    ])
  }
}

export const continuation = (): Paragraph[] => [
  line('{{#附页}}'),
  line('附页', { face: 'heading', size: 22, align: 'center', after: 14, newPage: true }),
  line('组织名称：{{组织名称}}', { size: 14, after: 10 }),
  line('{{#附页各项}}'),
  line('{{栏目}}：', { face: 'heading', size: 14, before: 10, keepNext: true }),
  line('{{全文}}', { size: 14, pitch: 26 }),
  line('{{/附页各项}}'),
  line('{{/附页}}'),
]

export const initialTemplate = () => [
  { ...page([37, 26, 35, 28], 'cover'), children: cover() },
  {
    ...page([25, 25, 25, 25]),
    children: [basics(), line('', { newPage: true, pitch: 1 }), people(), nothing(), ...continuation()],
  },
]
