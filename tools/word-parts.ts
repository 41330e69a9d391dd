import {
  AlignmentType,
  BorderStyle,
  Footer,
  HeightRule,
  LineRuleType,
  PageNumber,
  Paragraph,
  TableCell,
  TableLayoutType,
  Table,
  TableRow,
  TextRun,
  VerticalAlignTable,
  VerticalMergeType,
  convertMillimetersToTwip as mm,
  type IParagraphOptions,
  type ISectionPropertiesOptions,
} from 'docx'

/** The pieces the templates are built from. Sizes in points and millimetres. */

export type Face = 'body' | 'heading' | 'title'
const LATIN = 'Times New Roman'
const EAST_ASIAN: Record<Face, string> = { body: '仿宋_GB2312', heading: '黑体', title: '方正小标宋简体' }

export type TextStyle = { face?: Face; size?: number }

export const run = (text: string, { face = 'body', size = 12 }: TextStyle = {}): TextRun =>
  new TextRun({
    text,
    size: size * 2,
    font: { ascii: LATIN, hAnsi: LATIN, cs: LATIN, eastAsia: EAST_ASIAN[face], hint: 'eastAsia' },
  })

export type LineStyle = TextStyle & {
  align?: 'left' | 'center' | 'right'
  /** Fixed line pitch in points. */
  pitch?: number
  before?: number
  after?: number
  /** First line indented by this many characters. */
  indent?: number
  /** Room at the right edge, in millimetres. */
  right?: number
  keepNext?: boolean
  newPage?: boolean
  /** No room between figures and characters: 1976年9月至2008年3月 stays on one line. */
  tight?: boolean
}

export function line(text: string, style: LineStyle = {}): Paragraph {
  const { align = 'left', pitch, before = 0, after = 0, indent, right, size = 12 } = style
  const options: IParagraphOptions = {
    children: text === '' ? [] : [run(text, style)],
    alignment: { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }[align],
    spacing: {
      before: before * 20,
      after: after * 20,
      ...(pitch === undefined ? {} : { line: pitch * 20, lineRule: LineRuleType.EXACT }),
    },
    indent: { firstLine: (indent ?? 0) * size * 20, right: mm(right ?? 0) },
    ...(style.tight ? { autoSpaceEastAsianText: false } : {}),
    keepNext: style.keepNext ?? false,
    pageBreakBefore: style.newPage ?? false,
  }
  return new Paragraph(options)
}

/** A paragraph of almost no height: Word wants one after every table. */
export const nothing = (): Paragraph =>
  new Paragraph({ children: [], run: { size: 2 }, spacing: { line: 20, lineRule: LineRuleType.EXACT } })

const SOLID = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE }

export type CellStyle = LineStyle & {
  span?: number
  merge?: 'start' | 'go on'
  vertical?: 'top' | 'center' | 'bottom'
}

/** A cell; several lines are several paragraphs. */
export function cell(lines: string | Paragraph[], style: CellStyle = {}): TableCell {
  const { span = 1, merge, vertical = 'center', align = 'center' } = style
  return new TableCell({
    children:
      typeof lines === 'string' ? lines.split('\n').map((text) => line(text, { ...style, align })) : lines,
    columnSpan: span,
    verticalAlign: {
      top: VerticalAlignTable.TOP,
      center: VerticalAlignTable.CENTER,
      bottom: VerticalAlignTable.BOTTOM,
    }[vertical],
    ...(merge && {
      verticalMerge: merge === 'start' ? VerticalMergeType.RESTART : VerticalMergeType.CONTINUE,
    }),
  })
}

/** A row that grows and never splits over two pages. */
export const row = (height: number, cells: TableCell[], header = false): TableRow =>
  new TableRow({
    children: cells,
    height: { value: mm(height), rule: HeightRule.ATLEAST },
    cantSplit: true,
    tableHeader: header,
  })

export const grid = (widths: number[], rows: TableRow[]): Table =>
  new Table({
    rows,
    columnWidths: widths.map((width) => mm(width)),
    width: { size: mm(widths.reduce((sum, width) => sum + width, 0)), type: 'dxa' },
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { left: mm(1), right: mm(1), top: mm(0.5), bottom: mm(0.5) },
    borders: { ...SOLID_BORDERS, insideHorizontal: SOLID, insideVertical: SOLID },
  })

const SOLID_BORDERS = { top: SOLID, bottom: SOLID, left: SOLID, right: SOLID }

/** Labels, each with a value on a ruled line. */
export const ruledLines = (
  widths: [number, number],
  height: number,
  entries: [string, string][],
  size = 16,
): Table =>
  new Table({
    rows: entries.map(([label, value]) =>
      row(height, [
        new TableCell({
          children: [line(label, { size })],
          borders: NO_BORDERS,
          verticalAlign: VerticalAlignTable.BOTTOM,
        }),
        new TableCell({
          children: [line(value, { size })],
          borders: { ...NO_BORDERS, bottom: SOLID },
          verticalAlign: VerticalAlignTable.BOTTOM,
        }),
      ]),
    ),
    columnWidths: widths.map((width) => mm(width)),
    width: { size: mm(widths[0] + widths[1]), type: 'dxa' },
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    margins: { left: 0, right: 0 },
    borders: { ...NO_BORDERS, insideHorizontal: NONE, insideVertical: NONE },
  })

const pageNumber = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            children: ['— ', PageNumber.CURRENT, ' —'],
            size: 24,
            font: { ascii: '宋体', hAnsi: '宋体', eastAsia: '宋体' },
          }),
        ],
      }),
    ],
  })

/** A4 with the margins top, right, bottom, left in millimetres. A cover bears no number, the pages after it do. */
export const page = (
  [top, right, bottom, left]: [number, number, number, number],
  numbers: 'numbered' | 'cover' | 'unnumbered' = 'numbered',
  orientation: 'portrait' | 'landscape' = 'portrait',
) => ({
  properties: {
    page: {
      size: { width: mm(210), height: mm(297), orientation },
      margin: {
        top: mm(top),
        right: mm(right),
        bottom: mm(bottom),
        left: mm(left),
        header: mm(15),
        footer: mm(15),
      },
    },
    titlePage: numbers === 'cover',
  } satisfies ISectionPropertiesOptions,
  footers: {
    ...(numbers === 'unnumbered' ? {} : { default: pageNumber() }),
    ...(numbers === 'cover' ? { first: new Footer({ children: [nothing()] }) } : {}),
  },
})
