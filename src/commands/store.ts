/**
 * `npm run store -- move --from json --to postgres` (and back), `backup FILE`, `restore FILE`: everything the bot
 * keeps, whole or not at all, compared before it counts. What is taken from stays as it was. For `verify` and
 * `rekey` see store-care.ts.
 */

import { existsSync } from 'node:fs'
import { systemClock, type Clock } from '../clock.ts'
import { parseConfig, type Config, type Environment } from '../config.ts'
import { dataKeysOf } from '../config/data-keys.ts'
import { backupFile } from '../store/backup-file.ts'
import { copy, type Place, type Tally } from '../store/copy.ts'
import { StoreError } from '../store/error.ts'
import { jsonPlace } from '../store/json/place.ts'
import type { TableName } from '../store/memory/rows.ts'
import { addressOf } from '../store/open.ts'
import { postgresPlace } from '../store/postgres/place.ts'
import { createSeal } from '../store/seal.ts'
import { failed, refused, type Outcome } from './outcome.ts'
import { care, CARE_USAGE } from './store-care.ts'

const USAGE = `用法：
  npm run store -- move --from json --to postgres   把 DATA_DIR 里的全部搬进 DATABASE_URL（反过来也行）
  npm run store -- backup 文件                      把全部写进一个备份文件
  npm run store -- restore 文件                     从备份文件恢复到空的存储
${CARE_USAGE}`

type Kind = Config['store']

/** From where to where the words say; a string is a backup file. */
function waysOf(
  words: string[],
  store: Kind,
): { from: Kind | { file: string }; to: Kind | { file: string } } | undefined {
  const [verb, first, second, third, fourth, ...more] = words
  const isKind = (word: string | undefined): word is Kind => word === 'json' || word === 'postgres'
  if (more.length > 0) return undefined
  if (verb === 'move' && first === '--from' && third === '--to' && isKind(second) && isKind(fourth))
    return second === fourth ? undefined : { from: second, to: fourth }
  if (first === undefined || second !== undefined) return undefined
  if (verb === 'backup') return { from: store, to: { file: first } }
  if (verb === 'restore') return { from: { file: first }, to: store }
  return undefined
}

export async function store(
  words: string[],
  environment: Environment,
  clock: Clock = systemClock,
): Promise<Outcome> {
  const places: Place[] = []
  try {
    const config = parseConfig(environment)
    const cared = await care(words, config)
    if (cared) return cared
    const ways = waysOf(words, config.store)
    if (!ways) return refused(USAGE)
    const dataKeys = await dataKeysOf(config)
    const open = async (where: Kind | { file: string }): Promise<Place> => {
      const place =
        typeof where === 'object'
          ? backupFile(where.file, clock.now())
          : where === 'json'
            ? await jsonPlace(config.dataDir)
            : await postgresPlace(addressOf(config.databaseUrl), dataKeys)
      places.push(place)
      return place
    }
    const from = await open(ways.from)
    const tally = await copy(from, await open(ways.to), createSeal(dataKeys))
    return { status: 0, says: said(tally, nameOf(ways.to, config)), problems: [] }
  } catch (error) {
    if (error instanceof StoreError && error.message.includes('正在被另一个进程'))
      return refused('机器人正在用这个文件夹。请先停止机器人，做完再启动。', error.message)
    return failed(error, words[1] ?? '')
  } finally {
    for (const place of places) await place.close()
  }
}

const nameOf = (to: Kind | { file: string }, { dataDir }: Config): string =>
  typeof to === 'object' ? to.file : to === 'json' ? dataDir : '数据库'

const TITLES: Record<TableName | 'kept', string> = {
  filings: '备案',
  sessions: '会话',
  replies: '回复',
  deliveries: '待发和已发',
  matters: '事项',
  ledgers: '报过的台账',
  questions: '问题',
  complaints: '投诉',
  accesses: '查阅记录',
  purges: '清理记录',
  voidedNumbers: '作废编号',
  spentKeys: '用过的键',
  sequences: '编号序列',
  kept: '人员名单',
}

function said(tally: Tally, where: string): string[] {
  const lines = [...tally].map(
    ([table, { count, fingerprint }]) =>
      `${TITLES[table as keyof typeof TITLES]}：${count} 条，指纹 ${fingerprint.slice(0, 16)}`,
  )
  return [...lines, `已写到${where}，逐条读回核对一致。`]
}

if (import.meta.filename === process.argv[1]) {
  process.umask(0o077)
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { status, says, problems } = await store(process.argv.slice(2), process.env)
  for (const line of says) console.log(line)
  for (const line of problems) console.error(line)
  process.exitCode = status
}
