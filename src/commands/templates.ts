/** `npm run templates -- check [PACK]`: says in Chinese everything that is wrong in a template pack. */

import path from 'node:path'
import { z } from 'zod'
import { checkPack } from '../documents/check.ts'
import { commandOf } from '../conversation/commands.ts'
import { staffCommandOf } from '../conversation/reviewing/staff-commands.ts'
import { checkFont } from '../documents/font.ts'
import { problemLine } from '../documents/problem.ts'
import { fieldTypes } from '../filings/field-types.ts'
import { checkKnowledge } from '../knowledge/check.ts'
import { loadPack, PackError } from '../pack.ts'

const USAGE = '用法：npm run templates -- check [模板文件夹]，不写文件夹就检查 templates/liubei'

const isWord = (phrase: string): boolean => (commandOf(phrase) ?? staffCommandOf(phrase)) !== undefined

/** The lines to print and the exit status: 0 when the pack is sound. */
export async function templates([verb, folder = 'templates/liubei', ...more]: string[]): Promise<{
  lines: string[]
  status: 0 | 1
}> {
  if (verb !== 'check' || more.length > 0) return { lines: [USAGE], status: 1 }
  try {
    const pack = await loadPack(folder)
    const problems = [
      ...(await checkPack(pack, fieldTypes(pack))).map(problemLine),
      ...checkKnowledge(path.join(folder, 'knowledge'), { isWord }),
      ...(await checkFont(pack.jurisdiction)),
    ]
    if (problems.length > 0) return { lines: [...problems, `共 ${problems.length} 处要改。`], status: 1 }
    const papers = pack.forms.flatMap((form) => form.papers)
    return {
      lines: [`${folder}：${pack.forms.length} 张表、${papers.length} 份文书，没有发现问题。`],
      status: 0,
    }
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    const missing = (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
    return {
      lines: [missing ? `没有找到，或者少了文件：${error.message.split(':')[0]}` : error.message],
      status: 1,
    }
  }
}

if (import.meta.filename === process.argv[1]) {
  z.config(z.locales.zhCN())
  const { lines, status } = await templates(process.argv.slice(2))
  console.log(lines.join('\n'))
  process.exitCode = status
}
