import { expect, test } from 'vitest'
import { noticesOf } from '../../src/conversation/notices.ts'
import { staffOf, type Staff } from '../../src/directory/staff.ts'
import { staffWith, example, jurisdiction } from '../directory/district.ts'
import {
  answersOf,
  approve,
  giveBack,
  leader,
  officer,
  play,
  resubmit,
  submitted,
  worker,
} from '../filings/cases.ts'

const toldOf = (filing: ReturnType<typeof submitted>, staff: Staff, person: string): string[] =>
  noticesOf(filing, { staff, person }).map(({ to }) => to)

test('a corrected case is told to the person who returned it, and to the office once they have left it', () => {
  const back = play(submitted(), [giveBack('venue'), worker], [(now) => resubmit(now), leader])
  const huang = { userid: 'huangmei', name: '黄梅', role: 'community', place: '解放街道/明珠社区' } as const
  expect(toldOf(back, staffWith(huang), 'wang')).toEqual(['wangfang'])
  const people = [...example.people.filter(({ userid }) => userid !== 'wangfang'), huang]
  const { staff } = staffOf({ people, groups: [] }, jurisdiction, [])
  expect(toldOf(back, staff, 'wang')).toEqual(['huangmei'])
})

test('whose own organization it is, filed by somebody else, is not asked to judge it; the street is', () => {
  const answers = answersOf({ principalName: '王芳', principalPhone: '19900000001' })
  expect(toldOf(submitted({ answers }), staffWith(), 'wang')).toEqual(['lijie'])
  expect(toldOf(submitted(), staffWith(), 'wang')).toEqual(['wangfang'])
})

test('copies handed out one by one are told of once, and not as a second time', () => {
  const filed = play(
    submitted(),
    [{ type: 'endorse' }, worker],
    [approve, officer],
    [{ type: 'seal' }, officer],
    [{ type: 'distribute', copies: ['authority'] }, officer],
  )
  expect(toldOf(filed, staffWith(), 'lijie')).toEqual([])
  const [notice] = noticesOf(play(filed, [{ type: 'distribute' }, officer]), {
    staff: staffWith(),
    person: 'lijie',
  })
  expect(notice?.text).toContain('办完了')
  expect(notice?.text).not.toContain('第2次')
})
