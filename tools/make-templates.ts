import { Document, Packer, type ISectionOptions } from 'docx'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import PizZip from 'pizzip'
import { charterTemplate } from './charter-template.ts'
import { collectedTemplate } from './collected-template.ts'
import { cancellationTemplate, changeTemplate } from './change-template.ts'
import { initialTemplate } from './initial-template.ts'
import { rosterTemplate } from './roster-template.ts'
import { cancellationSigningTemplate, changeSigningTemplate, signingTemplate } from './signing-template.ts'

/**
 * Draws the Word templates of the pack of Liubei: `npx tsx tools/make-templates.ts`. The files are committed and
 * may be changed in Word afterwards; running this again overwrites such changes.
 */

const FOLDER = 'templates/liubei/documents'

/** What stands in when a named font is not on the machine. Office asks for altName; LibreOffice for the family. */
const FONTS: { name: string; instead: string; family: string; panose: string }[] = [
  { name: '仿宋_GB2312', instead: '仿宋', family: 'roman', panose: '02010609060101010101' },
  { name: '黑体', instead: 'SimHei', family: 'swiss', panose: '02010609060101010101' },
  { name: '方正小标宋简体', instead: '宋体', family: 'roman', panose: '02010600030101010101' },
  { name: '宋体', instead: 'SimSun', family: 'roman', panose: '02010600030101010101' },
  { name: 'Times New Roman', instead: 'Times', family: 'roman', panose: '02020603050405020304' },
]

const fontTable = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${FONTS.map(
  ({ name, instead, family, panose }) =>
    `<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:panose1 w:val="${panose}"/>` +
    `<w:charset w:val="${name === 'Times New Roman' ? '00' : '86'}"/><w:family w:val="${family}"/></w:font>`,
).join('')}</w:fonts>`

const STAMP = '2022-09-30T00:00:00Z'

async function write(name: string, title: string, sections: ISectionOptions[]): Promise<void> {
  const document = new Document({
    title,
    creator: '备案助手',
    styles: {
      default: {
        document: {
          run: {
            font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312' },
            language: { value: 'en-US', eastAsia: 'zh-CN' },
          },
        },
      },
    },
    sections,
  })
  const zip = new PizZip(await Packer.toBuffer(document))
  zip.file('word/fontTable.xml', fontTable)
  // LibreOffice heeds the room between Latin letters and characters only, Word that beside figures.
  const tight = '<w:autoSpaceDN w:val="false"/>'
  const body = zip.file('word/document.xml')?.asText() ?? ''
  zip.file('word/document.xml', body.replaceAll(tight, `<w:autoSpaceDE w:val="false"/>${tight}`))
  const core = zip.file('docProps/core.xml')?.asText() ?? ''
  zip.file('docProps/core.xml', core.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, STAMP))
  for (const entry of Object.values(zip.files)) entry.date = new Date(2022, 8, 30)
  await writeFile(path.join(FOLDER, name), zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' }))
}

await mkdir(FOLDER, { recursive: true })
await write('initial.docx', '柳州市社区社会组织备案申请表', initialTemplate())
await write('roster.docx', '人员名册', rosterTemplate())
await write('change.docx', '柳州市社区社会组织变更备案申请表', changeTemplate())
await write('cancellation.docx', '柳州市社区社会组织注销备案申请表', cancellationTemplate())
await write('signing.docx', '签字盖章提示', signingTemplate())
await write('change-signing.docx', '签字盖章提示', changeSigningTemplate())
await write('cancellation-signing.docx', '签字盖章提示', cancellationSigningTemplate())
await write('charter.docx', '章程', charterTemplate())
await write('monthly-reports.docx', '月报汇总', collectedTemplate())
