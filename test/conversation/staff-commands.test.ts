import { expect, test } from 'vitest'
import { staffCommandOf } from '../../src/conversation/reviewing/staff-commands.ts'

test.each([
  ['同意 1、2'],
  ['同意 1和2'],
  ['同意1-3'],
  ['已盖章 1 2'],
  ['退回 1、2 联系电话：不对'],
  ['同意 2026-0001，2026-0002'],
])('%s is one word for several cases', (text) => {
  expect(staffCommandOf(text)).toEqual({ type: 'several' })
})

test.each([
  ['2026-0001 同意', { type: 'agree', which: '2026-0001', note: '' }],
  ['2026-0001同意备案', { type: 'agree', which: '2026-0001', note: '' }],
  ['同意 2026—0004', { type: 'agree', which: '2026-0004', note: '' }],
  ['同意 ２０２６－０００４', { type: 'agree', which: '2026-0004', note: '' }],
  ['同意 1，材料齐全', { type: 'agree', which: '1', note: '材料齐全' }],
  [
    '退回 1 联系电话：少一位；请核对，再交',
    { type: 'return', which: '1', items: '联系电话', reason: '少一位；请核对，再交' },
  ],
  ['不予备案 3 不符合条件（见第５条）', { type: 'decline', which: '3', reason: '不符合条件（见第５条）' }],
])('%s is understood, with the reason as typed', (text, command) => {
  expect(staffCommandOf(text)).toEqual(command)
})
