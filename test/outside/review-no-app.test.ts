import { expect, test } from 'vitest'
import { handIn, startTown } from './review-town.ts'

test('without the app a person hears at the next message what happened meanwhile, once', async () => {
  const town = await startTown(undefined, false)
  try {
    const leader = town.person('wangxiuying')
    const number = await handIn(leader)
    const fang = town.person('wangfang')
    await fang.says('待办')
    expect(fang.heard).toContain(`回复“查看 ${number}”`)
    await fang.says(`退回 ${number} 联系电话：号码打不通；请核对`)
    await leader.says('你好')
    expect(leader.heard).toContain('号码打不通；请核对')
    await leader.says('你好')
    expect(leader.heard).not.toContain('号码打不通')
  } finally {
    await town.stop()
  }
})
