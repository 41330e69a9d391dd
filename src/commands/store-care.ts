/** `npm run store -- verify` checks the log of looks at personal data; `rekey` seals everything with the first key. */

import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { dataKeysOf } from '../config/data-keys.ts'
import { openDirectoryPlace } from '../directory/place.ts'
import { checkChain } from '../store/access-chain.ts'
import { openStore } from '../store/open.ts'
import { keyId } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import { refused, type Outcome } from './outcome.ts'

export const CARE_USAGE = `  npm run store -- verify                           核对查阅记录有没有被改动、删除，并给出校验码
  npm run store -- verify 第几条:校验码                同上，并核对以前抄下的校验码还在不在
  npm run store -- rekey                            全部数据改用 DATA_KEY 里的第一个密钥加密，之后可以删掉旧的`

/** Undefined when the words ask for something else. */
export async function care(words: string[], config: Config): Promise<Outcome | undefined> {
  const [verb, known, ...more] = words
  if (more.length > 0) return undefined
  if (verb === 'verify' && (known === undefined || MARK.test(known)))
    return using(config, await dataKeysOf(config), (store) => verify(store, known))
  if (verb === 'rekey' && known === undefined) return rekey(config, await dataKeysOf(config))
  return undefined
}

/** The number of an entry and its digest, as `verify` gives them out. */
const MARK = /^(\d+):([0-9a-f]{64})$/

async function using<T>(config: Config, dataKeys: Buffer[], work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ ...config, dataKeys, clock: systemClock })
  return work(store).finally(() => store.close())
}

async function verify(store: Store, known: string | undefined): Promise<Outcome> {
  const [, number, digest] = MARK.exec(known ?? '') ?? []
  const { all, last } = await store.transact(async (tx) => ({
    all: (await tx.listAccess({ limit: Number.MAX_SAFE_INTEGER })).reverse(),
    last: await tx.lastNumber('access'),
  }))
  const { entries, head, problems } = checkChain(all, last)
  const there = all.some(({ link }) => link?.number === Number(number) && link.digest === digest)
  // What was destroyed by the rules is not there any more, and the chain has been checked without it.
  const older = Number(number) < (all.find(({ link }) => link)?.link?.number ?? 0)
  if (digest !== undefined && !there && !older) problems.push(`第${number}条和以前抄下的不一样`)
  if (problems.length > 0) return refused(...problems.map((problem) => `查阅记录：${problem}。`))
  if (!head) return { status: 0, says: [`查阅记录${entries}条，还没有校验码。`], problems: [] }
  return {
    status: 0,
    says: [
      `查阅记录${entries}条，一条接一条，没有改动。`,
      `请把下面这行抄到别处，下次带上它核对：${head.number}:${head.digest}`,
    ],
    problems: [],
  }
}

/** Opening with all keys seals anew what older ones sealed; opening with the first alone proves that it did. */
async function rekey(config: Config, dataKeys: Buffer[]): Promise<Outcome> {
  const [current] = dataKeys
  if (!current) return refused('DATA_KEY 没有填。')
  await using(config, dataKeys, async () => {})
  const place = await openDirectoryPlace({ ...config, dataKeys })
  const directory = await place.read()
  if (directory) await place.save(directory)
  await place.close()
  const { filings } = await using(config, [current], (store) => store.counts())
  return {
    status: 0,
    says: [
      `全部数据（${filings}件备案）已用密钥 ${keyId(current)} 加密。`,
      '现在可以从 DATA_KEY 里删掉旧密钥。旧密钥要和以前的备份一起留着，恢复那些备份时还要用。',
    ],
    problems: [],
  }
}
