import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LINK_LIFETIME_MS, linkKeyOf, openLink, signLink, type Link } from '../src/links.ts'

const key = linkKeyOf(Buffer.alloc(32, 1))
const made = new Date('2026-11-23T08:00:00Z')
const expiresAt = new Date(made.getTime() + LINK_LIFETIME_MS)
const link: Link = {
  document: {
    of: 'filing',
    id: 'f-1',
    paper: 'initial',
    format: 'docx',
    name: '夕阳红志愿服务队备案申请表.docx',
  },
  person: 'lihua',
  expiresAt,
}
const token = signLink(key, link)
const { name } = link.document

const anyLink: fc.Arbitrary<Link> = fc.record({
  document: fc.record({
    of: fc.constantFrom('draft', 'filing'),
    id: fc.string({ maxLength: 40 }),
    paper: fc.string({ maxLength: 20 }),
    format: fc.constantFrom('docx', 'xlsx'),
    name: fc.string({ unit: 'grapheme', maxLength: 60 }),
  }),
  person: fc.string({ maxLength: 64 }),
  expiresAt: fc.date({ min: expiresAt, max: new Date('2100-01-01'), noInvalidDate: true }),
})

test('a link opens what it was made for, for whom it was made', () => {
  fc.assert(
    fc.property(anyLink, (any) => {
      expect(openLink([key], signLink(key, any), any.document.name, made)).toEqual(any)
    }),
  )
})

test('a link is part of an address as it stands and not too long for one', () => {
  expect(token).toMatch(/^[\w-]{50,160}$/)
})

test('a link opens for 24 hours and not a moment longer', () => {
  expect(openLink([key], token, name, new Date(expiresAt.getTime() - 1))).toEqual(link)
  expect(openLink([key], token, name, expiresAt)).toBeUndefined()
})

test('the same link gives the same token, so that a redelivered message gets the same reply', () => {
  expect(signLink(key, { ...link })).toBe(token)
  expect(signLink(key, { ...link, person: 'wangwei' }).slice(0, 16)).not.toBe(token.slice(0, 16))
})

test('a token says nothing about the person or the organization', () => {
  const bytes = Buffer.from(token, 'base64url').toString('latin1')
  for (const word of ['lihua', 'f-1', 'initial', '夕阳红']) {
    expect(bytes).not.toContain(Buffer.from(word).toString('latin1'))
  }
})

test('another key does not open it', () => {
  expect(openLink([linkKeyOf(Buffer.alloc(32, 2))], token, name, made)).toBeUndefined()
})

test('after a change of keys a link made before still opens until it expires', () => {
  expect(openLink([linkKeyOf(Buffer.alloc(32, 2)), key], token, name, made)).toEqual(link)
  expect(openLink([linkKeyOf(Buffer.alloc(32, 2)), key], token, name, expiresAt)).toBeUndefined()
})

test('it does not open beside the name of another document', () => {
  expect(openLink([key], token, '夕阳红志愿服务队人员名册.docx', made)).toBeUndefined()
})

test('no token with one character changed, at any place, opens', () => {
  for (let at = 0; at < token.length; at++) {
    for (const character of 'AZaz09-_+/=. ') {
      const altered = token.slice(0, at) + character + token.slice(at + 1)
      if (altered !== token) expect(openLink([key], altered, name, made)).toBeUndefined()
    }
  }
})

test('no token with a bit flipped, cut, lengthened, or made up opens', () => {
  const bytes = Buffer.from(token, 'base64url')
  const altered = fc.oneof(
    fc.nat(bytes.length * 8 - 1).map((bit) => {
      const copy = Buffer.from(bytes)
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      return copy.toString('base64url')
    }),
    fc.nat(token.length - 1).map((length) => token.slice(0, length)),
    fc.string({ minLength: 1 }).map((more) => token + more),
    fc.string({ minLength: 1 }).map((more) => more + token),
    fc.string({ maxLength: 3000 }),
    fc.uint8Array({ maxLength: 300 }).map((any) => Buffer.from(any).toString('base64url')),
  )
  fc.assert(
    fc.property(altered, (text) => {
      expect(openLink([key], text, name, made)).toBeUndefined()
    }),
    { numRuns: 2000 },
  )
})

test('halves of two tokens do not make a third', () => {
  const other = signLink(key, { ...link, person: 'wangwei' })
  for (let at = 1; at < token.length; at++) {
    expect(openLink([key], token.slice(0, at) + other.slice(at), name, made)).toBeUndefined()
  }
})
