import { scheduleJob, type Job } from 'node-schedule'
import type { Bot } from './bot.ts'
import { dayOf, timeOf } from './clock.ts'
import { deliver } from './deliver.ts'
import { relearn } from './receive/learn.ts'
import { remind } from './remind.ts'

/** A nonce of WeCom's comes once in two hours, and what is older than ten minutes is refused: later none is redelivered. */
const REPLY_LIFETIME_MS = 2 * 60 * 60 * 1000
const DELIVERY_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000

export type Timers = {
  /** The outbox has something that should not wait for the next tick. */
  wake(): void
  /** Ends after what is under way. */
  stop(): Promise<void>
}

/** Looks at the outbox every few seconds and whenever woken, and sweeps once an hour. One run at a time. */
export function startTimers(bot: () => Bot): Timers {
  let running: Promise<void> | undefined
  let again = false
  let stopped = false

  let failed = 0
  const guarded = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
      failed = 0
    } catch (error) {
      // A failed tick must not end the process; the next one tries again and /readyz shows a store that is away.
      failed += 1
      // The first, second, fourth, eighth …: a disk that is full all night does not fill the log as well.
      if (Number.isInteger(Math.log2(failed))) {
        bot().log.error({ event: 'timer', count: failed, err: error }, 'a timer run failed')
      }
    }
  }
  // What is due follows from facts, so looking again later, or after a restart, loses and repeats nothing.
  let looked = ''
  const remindOnceInHalfAnHour = async (): Promise<void> => {
    const now = bot().clock.now()
    const [hour, minute] = timeOf(now).split(':')
    const halfHour = `${dayOf(now)} ${hour}:${Number(minute) < 30 ? '00' : '30'}`
    if (halfHour === looked) return
    await remind(bot())
    looked = halfHour
  }
  // Another process may have taken a decision or a new directory in.
  const look = async (): Promise<void> => {
    await bot().directory.look()
    await relearn(bot())
  }
  const run = (): void => {
    if (stopped) return
    if (running) {
      again = true
      return
    }
    running = guarded(look)
      .then(() => guarded(remindOnceInHalfAnHour))
      .then(() => guarded(() => deliver(bot())))
      .finally(() => {
        running = undefined
        if (again) {
          again = false
          run()
        }
      })
  }
  const sweep = () =>
    guarded(async () => {
      const now = bot().clock.now().getTime()
      await bot().store.transact(async (tx) => {
        await tx.forgetReplies(new Date(now - REPLY_LIFETIME_MS).toISOString())
        await tx.forgetDeliveries(new Date(now - DELIVERY_LIFETIME_MS).toISOString())
      })
    })
  const jobs: Job[] = [scheduleJob('*/5 * * * * *', run), scheduleJob('17 7 * * * *', () => void sweep())]

  return {
    wake: run,
    async stop() {
      stopped = true
      for (const job of jobs) job.cancel()
      await running
    },
  }
}
