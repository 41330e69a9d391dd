/**
 * `npm run directory -- import FILE` puts people, roles and groups in force, whole or not at all, with the bot
 * running or not; `export FILE` writes what is in force. The ending says which: .yaml or .xlsx.
 */

import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { parseConfig, type Environment } from '../config.ts'
import { dataKeysOf } from '../config/data-keys.ts'
import { emptyDirectory, type Directory } from '../directory/directory.ts'
import { formatOf, parseDirectoryFile, writeDirectoryFile } from '../directory/file.ts'
import { openDirectoryPlace, type DirectoryPlace } from '../directory/place.ts'
import { trialDirectory } from '../directory/trial.ts'
import { loadPack } from '../pack.ts'
import { StoreError } from '../store/error.ts'
import { failed, refused, type Outcome } from './outcome.ts'

const USAGE = `用法：
  npm run directory -- import 文件.yaml（或 .xlsx）  检查并换上新的人员和群
  npm run directory -- export 文件.yaml（或 .xlsx）  写出现在的人员和群`

const done = (...says: string[]): Outcome => ({ status: 0, says, problems: [] })

export async function directory([verb, file, ...more]: string[], environment: Environment): Promise<Outcome> {
  if ((verb !== 'import' && verb !== 'export') || file === undefined || more.length > 0) return refused(USAGE)
  const format = formatOf(file)
  if (!format) return refused('文件名应以 .yaml 或 .xlsx 结尾。')
  let place: DirectoryPlace | undefined
  try {
    const config = parseConfig(environment)
    place = await openDirectoryPlace({ ...config, dataKeys: await dataKeysOf(config), waitMs: 0 })
    if (verb === 'export') {
      const kept = await place.read()
      const directory = kept ?? (config.sandbox ? trialDirectory : emptyDirectory)
      // Phones and the addresses of group robots stand in it.
      await writeFile(file, await writeDirectoryFile(directory, format), { mode: 0o600 })
      const note = kept || config.sandbox ? '' : '还没有导入过，写出的是空表。'
      return done(`已写到 ${file}：${countsOf(directory)}。${note}`)
    }
    const { jurisdiction } = await loadPack(config.templatePack)
    const bytes = await readFile(file)
    const reading = await parseDirectoryFile(bytes, format, jurisdiction, config.wecomApiBase)
    if (!reading.ok) {
      return refused(...reading.problems, `共 ${reading.problems.length} 处要改，什么都没有换上。`)
    }
    const before = await beforehand(place)
    await place.save(reading.directory)
    return done(`已导入：${countsOf(reading.directory)}。${changesIn(before, reading.directory)}`)
  } catch (error) {
    return failed(error, file)
  } finally {
    await place?.close()
  }
}

/** A damaged directory is what an import mends; one sealed with another key is not ours to replace. */
async function beforehand(place: DirectoryPlace): Promise<Directory> {
  try {
    return (await place.read()) ?? emptyDirectory
  } catch (error) {
    if (error instanceof StoreError) return emptyDirectory
    throw error
  }
}

function countsOf({ people, groups }: Directory): string {
  const persons = new Set(people.map(({ userid }) => userid)).size
  return `${persons} 人、${people.length} 个角色、${groups.length} 个群`
}

function changesIn(before: Directory, after: Directory): string {
  const lines = ({ people, groups }: Directory) =>
    new Set([...people, ...groups].map((entry) => JSON.stringify(Object.entries(entry).sort())))
  const [old, now] = [lines(before), lines(after)]
  const added = [...now].filter((line) => !old.has(line)).length
  const gone = [...old].filter((line) => !now.has(line)).length
  if (added + gone === 0) return '和原来一样。'
  return `比原来新增或改动 ${added} 条，去掉或换下 ${gone} 条。`
}

if (import.meta.filename === process.argv[1]) {
  process.umask(0o077)
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { status, says, problems } = await directory(process.argv.slice(2), process.env)
  for (const line of says) console.log(line)
  for (const line of problems) console.error(line)
  process.exitCode = status
}
