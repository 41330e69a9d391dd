import { expect, test } from 'vitest'
import { complaintReaders } from '../../src/conversation/service/complaints.ts'
import { mayPurge } from '../../src/conversation/office/purge.ts'
import { staffOf } from '../../src/directory/staff.ts'
import type { Complaint } from '../../src/filings/complaint.ts'
import { loadPack } from '../../src/pack.ts'

const { jurisdiction } = await loadPack('templates/liubei')
const { staff } = staffOf(
  {
    people: [
      { userid: 'community', name: '甲', role: 'community', place: '解放街道/明珠社区' },
      { userid: 'street', name: '乙', role: 'street', place: '解放街道' },
      { userid: 'otherstreet', name: '丙', role: 'street', place: '雅儒街道' },
      { userid: 'incubator', name: '丁', role: 'incubator' },
      { userid: 'district', name: '戊', role: 'district' },
      { userid: 'operator', name: '己', role: 'operator' },
    ],
    groups: [],
  },
  jurisdiction,
  ['admin'],
)

const complaintOf = (over: Partial<Complaint>): Complaint => ({
  number: '投2026-0001',
  by: 'wang',
  named: false,
  shared: false,
  place: '450205001008',
  text: '总是锁着',
  at: '2026-11-23T02:00:00.000Z',
  answers: [],
  ...over,
})

test.each<[string, Partial<Complaint>, string[]]>([
  ['the district alone, whatever its place', {}, ['district', 'admin']],
  [
    'the street of the place too, where the person lets it',
    { shared: true },
    ['street', 'district', 'admin'],
  ],
  ['of a whole street the same', { shared: true, place: '450205001000' }, ['street', 'district', 'admin']],
  ['no street where the place is not known', { shared: true, place: '' }, ['district', 'admin']],
])('a complaint is read by %s', (_, over, readers) => {
  expect(complaintReaders(staff, complaintOf(over)).sort()).toEqual([...readers].sort())
})

test('only the district and operators may destroy', () => {
  const may = ['community', 'street', 'incubator', 'district', 'operator', 'admin', 'wang'].filter((userId) =>
    mayPurge(staff, userId),
  )
  expect(may).toEqual(['district', 'operator', 'admin'])
})
