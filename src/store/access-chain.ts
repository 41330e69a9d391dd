import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Access } from './store.ts'

/** Ties a look at personal data to the one before it, so that none can be changed, added or left out unseen. */
export const AccessLink = z.strictObject({ number: z.int(), previous: z.string(), digest: z.string() })
export type AccessLink = z.infer<typeof AccessLink>

/** Before the first. */
export const CHAIN_START = '0'.repeat(64)

/** What the log says instead of a filing's id where it tells that older entries were destroyed. */
export const ACCESS_LOG = 'accesses'

export function linkOf({ by, filingId, reason, at }: Access, number: number, previous: string): AccessLink {
  const digest = createHash('sha256')
    .update(JSON.stringify([number, previous, by, filingId, reason, at]))
    .digest('hex')
  return { number, previous, digest }
}

/** The reason an entry gives when all up to `last` were destroyed; it stands for them in the chain. */
export const anchorReason = ({ number, digest }: AccessLink): string =>
  `按保存期限清理查阅记录，到第${number}条为止，校验码${digest}`

const anchorIn = ({ filingId, reason }: Access): { number: number; digest: string } | undefined => {
  const [, number, digest] =
    (filingId === ACCESS_LOG && /第(\d+)条为止，校验码([0-9a-f]{64})$/.exec(reason)) || []
  return number === undefined || digest === undefined ? undefined : { number: Number(number), digest }
}

/** What checking came to: how many entries, the last link, and what is wrong in words for the operator. */
export type ChainReport = { entries: number; head: AccessLink | undefined; problems: string[] }

/**
 * Checks all entries there are, the oldest first, against the number the log has come to. Entries from before
 * there was a chain come first and have no link.
 */
export function checkChain(all: readonly Access[], lastNumber: number): ChainReport {
  const problems: string[] = []
  const anchors = all.flatMap((access) => anchorIn(access) ?? [])
  const destroyedUpTo = Math.max(0, ...anchors.map(({ number }) => number))
  let before: AccessLink | undefined
  for (const access of all) {
    const { link } = access
    if (!link) {
      if (before) problems.push(`第${before.number}条后面有一条没有校验码`)
      continue
    }
    if (linkOf(access, link.number, link.previous).digest !== link.digest)
      problems.push(`第${link.number}条被改动过`)
    if (before && before.number >= link.number) {
      problems.push(`第${link.number}条次序不对`)
      continue
    }
    const expected =
      before?.number === link.number - 1 ? before.digest : followed(link, before, anchors, destroyedUpTo)
    if (expected === undefined) {
      problems.push(`第${link.number}条前面的不见了`)
    } else if (expected !== link.previous) {
      problems.push(`第${link.number}条接不上前一条`)
    }
    before = link
  }
  if (before ? before.number !== lastNumber : lastNumber > all.length) problems.push('最后的几条不见了')
  return { entries: all.length, head: before, problems }
}

/** The digest an entry must follow when the one before it is not there; undefined when it should be. */
function followed(
  { number, previous }: AccessLink,
  before: AccessLink | undefined,
  anchors: { number: number; digest: string }[],
  destroyedUpTo: number,
): string | undefined {
  if (!before && previous === CHAIN_START) return previous
  if (number - 1 > destroyedUpTo) return undefined
  return anchors.find((anchor) => anchor.number === number - 1)?.digest ?? previous
}
