import { StoreError } from '../error.ts'

/** A file does not hold what was once written to it. Nothing was changed: what can still be saved, can. */
export const damaged = (file: string, line: number, why: string, cause?: unknown): StoreError =>
  new StoreError(
    `数据文件 ${file} 第 ${line} 行损坏（${why}）。没有改动任何文件。请先复制整个数据目录，再从备份恢复。`,
    { cause },
  )
