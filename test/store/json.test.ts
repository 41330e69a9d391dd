import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openJsonStore } from '../../src/store/json/open.ts'
import { describeStore } from './contract.ts'

describeStore('json', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'store-'))
  const dataKeys = [Buffer.alloc(32, 1)]
  return {
    open: (clock) => openJsonStore({ folder, dataKeys, clock }),
    remove: () => rm(folder, { recursive: true }),
  }
})
