/**
 * `npm run knowledge -- export FOLDER` writes the answers the district has adopted as articles, one file each, to be
 * looked over and put into a template pack. A bot on a folder must be stopped, since that belongs to one process; bots
 * on a database go on.
 */

import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { systemClock } from '../clock.ts'
import { ConfigError, parseConfig, type Environment } from '../config.ts'
import { dataKeysOf } from '../config/data-keys.ts'
import { articleMarkdown } from '../knowledge/markdown.ts'
import { adoptedArticles } from '../receive/learn.ts'
import { loadPack, PackError } from '../pack.ts'
import { StoreError } from '../store/error.ts'
import { openStore } from '../store/open.ts'
import { SealError } from '../store/seal.ts'

const USAGE =
  '用法：npm run knowledge -- export 文件夹   （先停止机器人；写出已采纳的答复，每个一个 .md 文件）'

/** The lines to print and the exit status. */
export async function exportKnowledge(
  words: string[],
  environment: Environment,
): Promise<{ lines: string[]; status: 0 | 1 | 78 }> {
  const [verb, folder, ...more] = words
  if (verb !== 'export' || folder === undefined || more.length > 0) return { lines: [USAGE], status: 1 }
  try {
    const config = parseConfig(environment)
    const { edition } = await loadPack(config.templatePack)
    const dataKeys = await dataKeysOf(config)
    const store = await openStore({ ...config, dataKeys, clock: systemClock, waitMs: 0 })
    const articles = await adoptedArticles(store, edition).finally(() => store.close())
    await mkdir(folder, { recursive: true })
    for (const article of articles) {
      await writeFile(path.join(folder, `${article.id}.md`), articleMarkdown(article))
    }
    return {
      lines: [`写出${articles.length}篇到 ${folder}。看过以后放进模板包的 knowledge 文件夹。`],
      status: 0,
    }
  } catch (error) {
    if (error instanceof ConfigError) return { lines: error.message.split('\n'), status: 78 }
    if (error instanceof PackError || error instanceof StoreError || error instanceof SealError)
      return { lines: [error.message], status: 1 }
    throw error
  }
}

if (import.meta.filename === process.argv[1]) {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { lines, status } = await exportKnowledge(process.argv.slice(2), process.env)
  console.log(lines.join('\n'))
  process.exitCode = status
}
