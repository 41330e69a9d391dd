import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSeal, deriveKey, keyId, SealError } from '../../src/store/seal.ts'

const one = Buffer.alloc(32, 1)
const two = Buffer.alloc(32, 2)

test('what was sealed opens for its record, and looks different every time', () => {
  const seal = createSeal([one])
  fc.assert(
    fc.property(fc.json(), fc.constantFrom('session:wang', 'filing:甲'), (text, record) => {
      const sealed = seal.seal(text, record)
      expect(sealed).toMatch(/^k[0-9a-f]{8}\.[\w-]+$/)
      expect(seal.open(sealed, record)).toBe(text)
      expect(seal.seal(text, record)).not.toBe(sealed)
    }),
  )
})

test('a value moved to another record does not open', () => {
  const seal = createSeal([one])
  const sealed = seal.seal('{}', 'session:wang')
  expect(() => seal.open(sealed, 'session:li')).toThrow(SealError)
})

test('a value with any character changed or cut off does not open', () => {
  const seal = createSeal([one])
  const sealed = seal.seal('"身份证"', 'session:wang')
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1)
    // The last character of base64 may carry bits that mean nothing.
    if (Buffer.from(changed.slice(10), 'base64url').equals(Buffer.from(sealed.slice(10), 'base64url'))) {
      if (changed.slice(0, 10) === sealed.slice(0, 10)) continue
    }
    expect(() => seal.open(changed, 'session:wang')).toThrow(SealError)
    expect(() => seal.open(sealed.slice(0, at), 'session:wang')).toThrow(SealError)
  }
})

test('after a change of keys the old one still opens, the new one seals, and a missing one is named', () => {
  const old = createSeal([one]).seal('1', 'r')
  const both = createSeal([two, one])
  expect(both.open(old, 'r')).toBe('1')
  expect(both.isCurrent(old)).toBe(false)
  expect(both.isCurrent(both.seal('1', 'r'))).toBe(true)
  expect(() => createSeal([two]).open(old, 'r')).toThrow(keyId(one))
  expect(() => createSeal([two]).requireKey(old)).toThrow(SealError)
})

test('keys of another length and no key at all are refused', () => {
  expect(() => createSeal([])).toThrow(SealError)
  expect(() => createSeal([one, Buffer.alloc(31)])).toThrow(SealError)
})

test('each purpose has its own key, the same one every time', () => {
  expect(deriveKey(one, 'links')).toHaveLength(32)
  expect(deriveKey(one, 'links')).toEqual(deriveKey(one, 'links'))
  expect(deriveKey(one, 'links')).not.toEqual(deriveKey(one, 'seal'))
  expect(deriveKey(one, 'links')).not.toEqual(deriveKey(two, 'links'))
})
