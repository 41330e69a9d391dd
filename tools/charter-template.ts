import { AlignmentType, LineRuleType, Paragraph } from 'docx'
import { line, page, run, type Face } from './word-parts.ts'

/** Body of official documents: 3号 (16 pt) 仿宋, two characters indented, a fixed pitch of 28.95 pt (GB/T 9704). */
const body = (pieces: [text: string, face?: Face][]): Paragraph =>
  new Paragraph({
    children: pieces.map(([text, face]) => run(text, { size: 16, ...(face && { face }) })),
    alignment: AlignmentType.BOTH,
    indent: { firstLine: 2 * 16 * 20 },
    spacing: { line: 579, lineRule: LineRuleType.EXACT },
  })

/** 附件4: the articles one after another, each heading run into its first paragraph as printed. */
export const charterTemplate = () => [
  {
    ...page([37, 26, 35, 28]),
    children: [
      line('{{标题}}', { face: 'title', size: 22, align: 'center', pitch: 36, after: 29 }),
      body([['{{#各条}}']]),
      body([['{{条}}', 'heading'], ['{{首段}}']]),
      body([['{{#各段}}']]),
      body([['{{段}}']]),
      body([['{{/各段}}']]),
      body([['{{/各条}}']]),
    ],
  },
]
