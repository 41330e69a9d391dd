import type { Clock } from '../clock.ts'

/** Counts sends in sliding windows. */
export function openPacing(clock: Clock) {
  const sends = new Map<string, number[]>()
  return {
    /** Takes one send of `key` unless one of the `limits` (how many in how many ms) is reached. */
    take(key: string, limits: { most: number; inMs: number }[]): boolean {
      const now = clock.now().getTime()
      const longest = Math.max(...limits.map((limit) => limit.inMs))
      const recent = (sends.get(key) ?? []).filter((at) => now - at < longest)
      const full = limits.some(({ most, inMs }) => recent.filter((at) => now - at < inMs).length >= most)
      sends.set(key, full ? recent : [...recent, now])
      return !full
    },
  }
}
