import { expect, test } from 'vitest'
import { parseConfig } from '../../src/config.ts'

test('a malformed robot key does not hide that the app is only half configured', () => {
  const half = { PORT: 'abc', WECOM_ROBOT_TOKEN: 'token', WECOM_ROBOT_AES_KEY: 'short', WECOM_CORP_ID: 'ww1' }
  const problems = (() => {
    try {
      parseConfig(half)
      return ''
    } catch (error) {
      return JSON.stringify(error, Object.getOwnPropertyNames(error))
    }
  })()
  for (const name of ['PORT', 'WECOM_ROBOT_AES_KEY', 'WECOM_AGENT_ID', 'WECOM_APP_SECRET', 'DATA_KEY'])
    expect(problems).toContain(name)
})
