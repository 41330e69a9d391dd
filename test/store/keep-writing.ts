import { openJsonStore } from '../../src/store/json/open.ts'
import { filingOf, replyOf, sessionOf } from './invented.ts'

// Run as a process of its own by kill.test.ts: opens the store in the folder given, says `open`, and then
// writes for ever, saying the number of every transaction that was acknowledged.

const [folder = '', begin = 'begin'] = process.argv.slice(2)
const store = await openJsonStore({ folder, dataKeys: [Buffer.alloc(32, 1)], snapshotAfter: 100_000 })
process.stdout.write('open\n')

async function write(): Promise<void> {
  for (;;) {
    const number = await store.transact(async (tx) => {
      const number = await tx.nextNumber('cases')
      await tx.saveFiling(filingOf(String(number)))
      await tx.saveReply(replyOf(`m${number}`))
      await tx.saveSession(`user${number}`, sessionOf(String(number)))
      return number
    })
    process.stdout.write(`${number}\n`)
  }
}
if (begin === 'begin') await Promise.all([write(), write(), write(), write()])
else setInterval(() => {}, 1000)
