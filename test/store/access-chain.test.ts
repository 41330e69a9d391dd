import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCESS_LOG, anchorReason, CHAIN_START, checkChain, linkOf } from '../../src/store/access-chain.ts'
import type { Access } from '../../src/store/store.ts'

/** A log as the store writes it, its numbers from `first` on. */
function chain(reasons: string[], before?: Access): Access[] {
  const all: Access[] = []
  for (const reason of reasons) {
    const link = (all.at(-1) ?? before)?.link
    const access = { by: 'lijie', filingId: 'f-1', reason, at: '2026-11-23T02:00:00.000Z' }
    all.push({ ...access, link: linkOf(access, (link?.number ?? 0) + 1, link?.digest ?? CHAIN_START) })
  }
  return all
}

const reasons = fc.array(fc.string({ maxLength: 10 }), { minLength: 2, maxLength: 12 })

test('a log that nobody touched is whole, and one that is empty too', () => {
  fc.assert(
    fc.property(reasons, (said) => {
      const all = chain(said)
      expect(checkChain(all, all.length)).toEqual({
        entries: all.length,
        head: all.at(-1)!.link,
        problems: [],
      })
    }),
  )
  expect(checkChain([], 0).problems).toEqual([])
})

test('whatever is changed, left out, put elsewhere or put in is noticed', () => {
  fc.assert(
    fc.property(reasons, fc.nat(), fc.nat(), fc.integer({ min: 0, max: 7 }), (said, a, b, how) => {
      const all = chain(said)
      const at = a % all.length
      const other = b % all.length
      const one = all[at]!
      switch (how) {
        case 0:
          all[at] = { ...one, reason: `${one.reason}！` }
          break
        case 1:
          all[at] = { ...one, by: 'zhaomin' }
          break
        case 2:
          all[at] = { ...one, at: '2026-11-24T02:00:00.000Z' }
          break
        case 3:
          all[at] = { ...one, filingId: 'f-2' }
          break
        case 4:
          all.splice(at, 1)
          break
        case 5:
          fc.pre(at !== other)
          ;[all[at], all[other]] = [all[other]!, one]
          break
        case 6:
          all.splice(at, 0, one)
          break
        // Written anew with a digest that fits itself: the next one, or the number, does not fit any more.
        case 7: {
          fc.pre(at < all.length - 1)
          const changed = { ...one, reason: `${one.reason}！` }
          all[at] = { ...changed, link: linkOf(changed, at + 1, one.link!.previous) }
        }
      }
      expect(checkChain(all, said.length).problems).not.toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test('what was destroyed by the rules leaves an anchor, and only that makes up for it', () => {
  const all = chain(['一', '二', '三', '四'])
  const anchored: Access = {
    by: 'zhaomin',
    filingId: ACCESS_LOG,
    reason: anchorReason(all[1]!.link!),
    at: '2026-11-23T02:00:00.000Z',
  }
  const anchor = { ...anchored, link: linkOf(anchored, 5, all[3]!.link!.digest) }
  expect(checkChain([...all.slice(2), anchor], 5).problems).toEqual([])
  expect(checkChain([...all.slice(3), anchor], 5).problems).toEqual(['第4条前面的不见了'])
  expect(checkChain(all.slice(2), 4).problems).toEqual(['第3条前面的不见了'])
  const forged = { ...all[2]!, reason: '别的' }
  const refitted = { ...forged, link: linkOf(forged, 3, CHAIN_START.replace('0', '1')) }
  expect(checkChain([refitted, all[3]!, anchor], 5).problems).toEqual([
    '第3条接不上前一条',
    '第4条接不上前一条',
  ])
})

test('entries from before there was a chain come first, and none comes later', () => {
  const old: Access = { by: 'lijie', filingId: 'f-1', reason: '核对', at: '2025-01-01T00:00:00.000Z' }
  const first = { ...old, link: linkOf(old, 3, CHAIN_START) }
  expect(checkChain([old, old, first], 3).problems).toEqual([])
  expect(checkChain([old, old], 2)).toEqual({ entries: 2, head: undefined, problems: [] })
  expect(checkChain([first, old], 3).problems).toEqual(['第3条后面有一条没有校验码'])
})
