import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config.ts'

/** The keys that everything kept is sealed with, for the bot and the commands alike. */
export const dataKeysOf = async ({ dataKeys, sandbox, dataDir }: Config): Promise<Buffer[]> =>
  sandbox && dataKeys.length === 0 ? [await sandboxKey(dataDir)] : dataKeys

/** The sandbox's own key: made once and kept beside the data, so that a restart can read what it wrote. */
export async function sandboxKey(folder: string): Promise<Buffer> {
  const file = path.join(folder, 'sandbox.key')
  await mkdir(folder, { recursive: true })
  const kept = await readIfThere(file)
  if (kept === undefined) {
    // Linked into place, so that a crash leaves a whole key or none.
    const draft = `${file}.${process.pid}`
    await writeFile(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flush: true })
    await link(draft, file).finally(() => unlink(draft))
  }
  const key = Buffer.from(kept ?? (await readFile(file, 'utf8')), 'base64')
  if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes`)
  return key
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
