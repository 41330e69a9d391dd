import { describe, expect, test } from 'vitest'
import { mayAct, partiesTo, type ActName, type Matter } from '../../src/directory/may-act.ts'
import type { PersonEntry } from '../../src/directory/directory.ts'
import { staffOf } from '../../src/directory/staff.ts'
import { recipients } from '../../src/directory/scope.ts'
import { jurisdiction, JIEFANG, MINGZHU, staffWith, XINFA, YALIAN } from './district.ts'

const at = '2026-03-02T02:00:00.000Z'
const filedBy = (applicant: string, place: string): Matter => ({
  place,
  applicant,
  events: [{ type: 'submitted', by: applicant }],
  answers: {},
})

/** Both streets and communities of the table have people, so that nobody stands in for anybody. */
const everyone: PersonEntry[] = [
  { userid: 'community', name: '王芳', role: 'community', place: '解放街道/明珠社区' },
  { userid: 'community2', name: '周明', role: 'community', place: '解放街道/明珠社区' },
  { userid: 'other-community', name: '韦兰', role: 'community', place: '雅儒街道/雅莲社区' },
  { userid: 'street', name: '李杰', role: 'street', place: '解放街道' },
  { userid: 'street2', name: '黄强', role: 'street', place: '解放街道' },
  { userid: 'other-street', name: '覃勇', role: 'street', place: '雅儒街道' },
  { userid: 'incubator', name: '孙丽', role: 'incubator', place: '解放街道' },
  { userid: 'all-incubator', name: '莫愁', role: 'incubator' },
  { userid: 'district', name: '赵敏', role: 'district' },
  { userid: 'district2', name: '吴敏', role: 'district' },
  { userid: 'operator', name: '钱工', role: 'operator' },
]
const { staff } = staffOf({ people: everyone, groups: [] }, jurisdiction, [])

const persons = [
  'leader',
  'community',
  'street',
  'incubator',
  'all-incubator',
  'district',
  'operator',
] as const

/**
 * The whole table. A word for each person, in their order; its letters: a case of the own community; one of the
 * own street itself, which has no committee; one elsewhere; one's own application. y may, . may not.
 */
const table: Record<ActName, string> = {
  //      leader commun street incub all-in distr operator
  see: '...y y..y yy.y yy.y yyyy yyyy ...y',
  help: '.... y..y yy.y yy.y yyyy yyyy ....',
  readPersonal: '...y y..y yy.y ...y ...y yyyy ...y',
  endorse: '.... y... .... .... .... .... ....',
  return: '.... y... yy.. .... .... .... ....',
  approve: '.... .... yy.. .... .... .... ....',
  decline: '.... .... yy.. .... .... .... ....',
  seal: '.... y... yy.. .... .... .... ....',
  distribute: '.... y... yy.. .... .... .... ....',
  correct: '.... .... yy.. .... .... .... ....',
  withdraw: '...y ...y ...y ...y ...y ...y ...y',
  resubmit: '...y ...y ...y ...y ...y ...y ...y',
  exportLedger: '.... .... yy.y .... .... yyyy ....',
  closeLedger: '.... .... yy.y .... .... .... ....',
  handOver: '.... .... yy.y .... .... .... ....',
  inspect: '.... .... .... .... .... yyyy ....',
  answerKnowledge: '.... yyyy yyyy yyyy yyyy yyyy ....',
  approveKnowledge: '.... .... .... .... .... yyyy ....',
}

const acts = Object.keys(table) as ActName[]

const columns: [string, (person: string) => Matter][] = [
  ['a case of the own community', () => filedBy('wangxiuying', MINGZHU)],
  ['a case of the own street itself', () => filedBy('wangxiuying', JIEFANG)],
  ['a case elsewhere', () => filedBy('wangxiuying', YALIAN)],
  ['their own application', (person) => filedBy(person, MINGZHU)],
]

describe.each(acts)('%s', (act) => {
  test.each(persons)('%s', (person) => {
    const allowed = columns.map(([, matter]) => (mayAct(staff, person, act, matter(person)).ok ? 'y' : '.'))
    expect(allowed.join('')).toBe(table[act].split(' ')[persons.indexOf(person)])
  })
})

test('every refusal says why in one Chinese phrase, with 无权 or 不能, and names no place to strangers', () => {
  for (const act of acts) {
    for (const person of persons) {
      for (const [, matter] of columns) {
        const permission = mayAct(staff, person, act, matter(person))
        if (permission.ok) continue
        expect(permission.because).toMatch(/^(无权|不能)[^\n。]+$/u)
      }
    }
  }
  for (const act of acts) {
    const permission = mayAct(staff, 'other-community', act, filedBy('wangxiuying', MINGZHU))
    if (!permission.ok) expect(permission.because).not.toMatch(/明珠|解放|王芳|李杰/)
  }
})

test('who may act does so in the office of the step, and says so', () => {
  expect(mayAct(staff, 'community', 'endorse', filedBy('x', MINGZHU))).toMatchObject({
    ok: true,
    step: 'community',
    as: { name: '王芳', role: 'community', place: MINGZHU },
  })
  expect(mayAct(staff, 'street', 'approve', filedBy('x', MINGZHU))).toEqual({
    ok: true,
    step: 'street',
    as: { userId: 'street', name: '李杰', role: 'street', place: JIEFANG },
  })
  expect(mayAct(staff, 'wangxiuying', 'withdraw', filedBy('wangxiuying', MINGZHU))).toMatchObject({
    ok: true,
    as: { role: 'applicant' },
  })
})

test('a return belongs to the office whose step it is', () => {
  const may = (person: string, office: 'community' | 'street') =>
    mayAct(staff, person, 'return', filedBy('x', MINGZHU), office).ok
  expect([may('community', 'community'), may('street', 'community')]).toEqual([true, false])
  expect([may('community', 'street'), may('street', 'street')]).toEqual([false, true])
})

test('who holds both offices acts in the one whose step it is', () => {
  const both = staffWith({ userid: 'wangfang', name: '王芳', role: 'street', place: '解放街道' })
  const step = (office: 'community' | 'street') =>
    mayAct(both, 'wangfang', 'return', filedBy('x', MINGZHU), office)
  expect(step('community')).toMatchObject({ step: 'community', as: { role: 'community' } })
  expect(step('street')).toMatchObject({ step: 'street', as: { role: 'street' } })
})

test('an organization of street level has no committee to agree', () => {
  expect(mayAct(staff, 'street', 'endorse', filedBy('x', JIEFANG))).toEqual({
    ok: false,
    because: '不能同意：街道（镇）层面的组织没有社区这一步',
  })
})

test('nobody stands in while somebody is there, and is told whom to ask', () => {
  expect(mayAct(staff, 'street', 'endorse', filedBy('x', MINGZHU))).toEqual({
    ok: false,
    because: '无权同意：这一步由明珠社区居民委员会办理，请找王芳、周明',
  })
})

// 雅儒街道 has nobody here; of 解放街道 the street has 李杰, the communities but 明珠社区 have nobody.
const thin = staffWith()

test('for a community without anyone its street stands in, or the district, each named as deputy', () => {
  const committee = { ok: true, step: 'community', deputyFor: '欣发社区居民委员会' }
  expect(mayAct(thin, 'lijie', 'endorse', filedBy('x', XINFA))).toMatchObject({
    ...committee,
    as: { userId: 'lijie', role: 'street' },
  })
  expect(mayAct(thin, 'zhaomin', 'endorse', filedBy('x', XINFA))).toMatchObject({
    ...committee,
    as: { userId: 'zhaomin', role: 'district' },
  })
  expect(mayAct(thin, 'wangfang', 'endorse', filedBy('x', XINFA)).ok).toBe(false)
  expect(mayAct(thin, 'lijie', 'endorse', filedBy('x', YALIAN)).ok).toBe(false)
})

test('for a street without anyone the district stands in, and nobody else', () => {
  expect(mayAct(thin, 'zhaomin', 'approve', filedBy('x', YALIAN))).toMatchObject({
    ok: true,
    step: 'street',
    deputyFor: '雅儒街道办事处',
    as: { role: 'district' },
  })
  for (const person of ['wangfang', 'lijie', 'sunli', 'x']) {
    expect(mayAct(thin, person, 'approve', filedBy('x', YALIAN)).ok).toBe(false)
  }
  expect(mayAct(thin, 'zhaomin', 'approve', filedBy('x', MINGZHU)).ok).toBe(false)
})

test('whose only worker filed it herself, that office counts as empty', () => {
  const own = filedBy('wangfang', MINGZHU)
  expect(mayAct(thin, 'wangfang', 'endorse', own)).toEqual({
    ok: false,
    because: '不能同意：这是您自己的申请，要由别人办理',
  })
  expect(mayAct(thin, 'lijie', 'endorse', own)).toMatchObject({ ok: true, deputyFor: '明珠社区居民委员会' })
  expect(mayAct(thin, 'zhaomin', 'approve', filedBy('lijie', MINGZHU))).toMatchObject({
    ok: true,
    deputyFor: '解放街道办事处',
  })
})

test('who is told of a step may also take it', () => {
  for (const place of [MINGZHU, XINFA, JIEFANG, YALIAN]) {
    for (const applicant of ['wangxiuying', 'wangfang', 'lijie']) {
      const matter = filedBy(applicant, place)
      const except = partiesTo(thin, matter)
      if (place !== JIEFANG) {
        for (const person of recipients(thin, 'community', place, except))
          expect(mayAct(thin, person, 'endorse', matter).ok).toBe(true)
      }
      for (const person of recipients(thin, 'street', place, except))
        expect(mayAct(thin, person, 'approve', matter).ok).toBe(true)
    }
  }
})

test('who sent it for the leader, or is the leader by name and phone, judges it no more than the applicant', () => {
  const answer = (value: string) => ({ value, by: 'chenming', at })
  const staff = staffWith()
  const sent = { ...filedBy('chenming', MINGZHU), events: [{ type: 'resubmitted', by: 'wangfang' }] }
  expect(mayAct(staff, 'wangfang', 'endorse', sent).ok).toBe(false)
  const led = (name: string, phone: string) => ({
    ...filedBy('chenming', MINGZHU),
    answers: { principalName: answer(name), principalPhone: answer(phone) },
  })
  expect(mayAct(staff, 'wangfang', 'endorse', led('王芳', '19900000001')).ok).toBe(false)
  expect(mayAct(staff, 'wangfang', 'endorse', led('王芳', '19900000002')).ok).toBe(true)
  expect(mayAct(staff, 'wangfang', 'endorse', led('王秀英', '19900000001')).ok).toBe(true)
  expect(partiesTo(staff, led('王芳', '19900000001'))).toEqual(['chenming', 'wangfang'])
})

test('the ledger of the whole district is for the district; a question of no place is for all who answer', () => {
  const all = ['community', 'street', 'all-incubator', 'district', 'operator']
  const may = (act: ActName) => all.filter((person) => mayAct(staff, person, act, {}).ok)
  expect(may('exportLedger')).toEqual(['district'])
  expect(may('answerKnowledge')).toEqual(['community', 'street', 'all-incubator', 'district'])
  expect(may('approve')).toEqual([])
})
