import { readPack, type PackContents } from '../../src/app.ts'

const read = new Map<string, Promise<PackContents>>()

/** What a template pack holds, read once for all tests of a worker: reading it takes longer than most of them. */
export function contentsOf(folder: string): Promise<PackContents> {
  const known = read.get(folder) ?? readPack(folder)
  read.set(folder, known)
  return known
}
