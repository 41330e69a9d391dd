import { StoreError } from './error.ts'

const LONGEST_TRANSACTION_MS = 10_000

/** What `work` gives, unless it takes longer than a transaction may. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new StoreError(`a transaction took longer than ${LONGEST_TRANSACTION_MS} ms`))
    }, LONGEST_TRANSACTION_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
