import { ConfigError } from '../config.ts'
import { PackError } from '../pack.ts'
import { StoreError } from '../store/error.ts'
import { SealError } from '../store/seal.ts'

const EX_CONFIG = 78

/** What to print and the exit status: 0 when it was done, 1 when not or not wholly, 78 when the settings are wrong. */
export type Outcome = { status: 0 | 1 | typeof EX_CONFIG; says: string[]; problems: string[] }

export const refused = (...problems: string[]): Outcome => ({ status: 1, says: [], problems })

/** What went wrong with a command that works on `file`, in words. Rethrows what is a fault of the program. */
export function failed(error: unknown, file: string): Outcome {
  if (error instanceof ConfigError)
    return { status: EX_CONFIG, says: [], problems: error.message.split('\n') }
  if (error instanceof PackError || error instanceof SealError || error instanceof StoreError) {
    return refused(error.message)
  }
  const { code, path } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  if (code === 'ENOENT' && path === file) return refused(`没有找到文件 ${file}。`)
  return refused(`读写 ${path ?? file} 时出错（${code}）。请检查文件和权限。`)
}
