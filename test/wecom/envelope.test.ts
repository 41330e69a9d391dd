import { createCipheriv } from 'node:crypto'
import { encrypt } from '@wecom/crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CallbackKeys,
  decryptMedia,
  EnvelopeError,
  openEnvelope,
  sealEnvelope,
  signature,
} from '../../src/wecom/envelope.ts'

const robot: CallbackKeys = {
  token: 'SheQuBeiAn2026Tok',
  aesKey: 'HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI',
  receiveId: '',
}
const app: CallbackKeys = { ...robot, receiveId: 'wwsqba0000000001' }
const timestamp = '1767225600'
const nonce = '480215937'
const now = new Date(1767225600_000)

/** The worked examples of the protocol notes, section 9. */
const examples = [
  {
    what: 'the echo of a robot',
    keys: robot,
    random: 'rnd0123456789abc',
    message: '7713290465118832904',
    encrypted: '1ycY0qUbyY1kJI4ZsmhoKhYl5lhI0fIHUUhY3atnhZTC1grG24k3Mip83n4+LKl6P3lUokIi3anS16H+QiABqA==',
    signature: 'd95fe89c07e253a348855f3a8f728b0e2e754163',
  },
  {
    what: 'an aligned message with 32 bytes of padding',
    keys: robot,
    random: 'AAAABBBBCCCCDDDD',
    message: '备案办理',
    encrypted: 'ywjhdKlqPlIFgWzysKfSkUhNG4Lfo/ZiMgZVSmrm28KXelc5dlrraamNL4l96mEsfcyg7Pik6G73rJqDyj1dCA==',
    signature: '409793f2c98c7b0cb9aa2f1bf7786c672e50793f',
  },
  {
    what: 'a text message to the robot',
    keys: robot,
    random: '0123456789abcdef',
    message:
      '{"msgid":"MSG0001","aibotid":"aibSQBA01","chattype":"single","from":{"userid":"lihua"},"msgtype":"text","text":{"content":"查询备案进度"}}',
    encrypted:
      'LP82HinK7dQdynEUYGoB8ESFARjV0RAbh6nHEnzkNskMfVzXf0x7rqGHR5ReClKO7mD3Qpld12aUH8Fzw6NTW91kuNf/ovcBVSmdRvmQ3mELMpHQ0cXRVQ87sXaNWLOGksS5R+vrsKfg0DUmrv8xmx5DrqjHmn51J+bKv4dtdNba2bsOwQUm2YDby5JPU4pEI91rnXP9Sk2KHB10r5TTEkAAqrtlAVxtiyfcPNmKiz41g6s3sb907hbq1Sf2ExiB',
    signature: '5f128e3129e74325ee49186693a9b5da17a57e87',
  },
  {
    what: 'a message to the app',
    keys: app,
    random: 'fedcba9876543210',
    message:
      '<xml><ToUserName><![CDATA[wwsqba0000000001]]></ToUserName><FromUserName><![CDATA[lihua]]></FromUserName><CreateTime>1767225600</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[备案]]></Content><MsgId>7300000000000000001</MsgId><AgentID>1000007</AgentID></xml>',
    encrypted:
      'KBuOXpk0MybDF5og8Ugu3h9n3BgtY9V/RCC7FTWXQa4lTAMiZfzz5rErdHcuyyZZyuSt+y6xIaG6u9bA1k4lKFx02UbXQ8VceJuuI0z3nb44dkB884IxE416Q/kT88z+SDk0E4huq+eueUlLQh8ad6ry3ifFfbOHitnmOLt8XBhTB38D/V3lNft3H+lEilJhY44a1Xbu7keF9+NILFg4qiSa+Sl5qpyU+p/V3R29Zgw5GIDD4kiLckE99AMJllRHEpLf8QOhpcZ4Chl2OAzucLXlICjssHwOm+AroTPRxXi71v3XabFHso7F5xGl/p0qHWpvkyxDOqtkqiCvTS803twBjnr2R9t28Osa0GwdRBkItzjbk1eHJ9v6S9jv1n2iu7XXqFI+OL4hzDiZpE5WTsOYcabUqxadx8gcNEZuyTk=',
    signature: '4ba4f98c8835507d9ab43f26253758b5c86bfbf0',
  },
]

const key = Buffer.from(`${robot.aesKey}=`, 'base64')

/** Encrypts exactly these bytes, so that a test decides about the padding. */
function raw(bytes: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64')
}

/** Signs what it is given, as an attacker who knows the token but not the rest would. */
function open(encrypted: string, keys = robot, at = now) {
  return openEnvelope(
    keys,
    { signature: signature(keys.token, timestamp, nonce, encrypted), timestamp, nonce },
    encrypted,
    at,
  )
}

function kindOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof EnvelopeError) return error.kind
    throw error
  }
  return 'opened'
}

function frame(length: number, rest: string, padding: number[]): string {
  const head = Buffer.alloc(20, 'r')
  head.writeUInt32BE(length, 16)
  return raw(Buffer.concat([head, Buffer.from(rest), Buffer.from(padding)]))
}

const pad = (count: number) => Array<number>(count).fill(count)

describe('the worked examples', () => {
  test.each(examples)('$what is signed, opened and sealed as written', (example) => {
    expect(signature(robot.token, timestamp, nonce, example.encrypted)).toBe(example.signature)
    expect(open(example.encrypted, example.keys)).toBe(example.message)
    expect(
      encrypt(example.keys.aesKey, example.message, example.keys.receiveId, Buffer.from(example.random)),
    ).toBe(example.encrypted)
  })
})

describe('an envelope is refused', () => {
  const [first] = examples
  const encrypted = first?.encrypted ?? ''
  const given = { signature: first?.signature ?? '', timestamp, nonce }

  test.each([
    ['another signature', { ...given, signature: `0${given.signature.slice(1)}` }],
    ['no signature', { ...given, signature: '' }],
    ['a signature with more behind it', { ...given, signature: `${given.signature}0` }],
    ['a signature in capitals', { ...given, signature: given.signature.toUpperCase() }],
    ['another nonce', { ...given, nonce: '1' }],
    ['another timestamp', { ...given, timestamp: '1767225601' }],
  ])('for %s', (_, query) => {
    expect(kindOf(() => openEnvelope(robot, query, encrypted, now))).toBe('signature')
  })

  test('when it is more than ten minutes old or ahead', () => {
    const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
    expect(kindOf(() => open(encrypted, robot, after(600)))).toBe('opened')
    expect(kindOf(() => open(encrypted, robot, after(-600)))).toBe('opened')
    expect(kindOf(() => open(encrypted, robot, after(601)))).toBe('stale')
    expect(kindOf(() => open(encrypted, robot, after(-601)))).toBe('stale')
  })

  test.each(['', 'soon', '1767225600.0', '-1767225600', ' 1767225600'])('for the timestamp "%s"', (odd) => {
    const query = { signature: signature(robot.token, odd, nonce, encrypted), timestamp: odd, nonce }
    expect(kindOf(() => openEnvelope(robot, query, encrypted, now))).toBe('stale')
  })

  test('when it is addressed to an enterprise and the robot expects nobody', () => {
    expect(kindOf(() => open(examples[3]?.encrypted ?? ''))).toBe('receiveId')
  })

  test('when it is addressed to nobody or somebody else and the app expects its enterprise', () => {
    expect(kindOf(() => open(encrypted, app))).toBe('receiveId')
    expect(kindOf(() => open(examples[3]?.encrypted ?? '', { ...app, receiveId: 'wwother' }))).toBe(
      'receiveId',
    )
  })

  test.each([
    ['padding 0', frame(8, '12345678123', [0])],
    ['padding 33', frame(8, '12345678123', pad(33))],
    ['padding that is not the same in every byte', frame(8, '12345678', [3, 4, 4, 4])],
    ['a message length beyond the end', frame(9, '12345678', pad(4))],
    ['a message length near 2^32', frame(0xffffffff, '12345678', pad(4))],
    ['nothing but padding', raw(Buffer.from(pad(32)))],
    ['too short for a frame', raw(Buffer.from([...Array<number>(19).fill(1), ...pad(13)]))],
    ['an odd number of bytes', Buffer.alloc(15).toString('base64')],
    ['no bytes', ''],
    ['a space for a plus', encrypted.replace('+', ' ')],
    ['characters outside Base64', `${encrypted.slice(0, -4)}!!==`],
    ['Base64 without its end', encrypted.slice(0, -2)],
  ])('for %s', (_, odd) => {
    expect(kindOf(() => open(odd))).toBe('malformed')
  })

  test('whatever was changed in it, and never with another error', () => {
    const bytes = Buffer.from(examples[2]?.encrypted ?? '', 'base64')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1 }),
        fc.nat(bytes.length),
        (changes, length) => {
          const changed = Buffer.from(bytes.subarray(0, length))
          for (const [at, by] of changes) if (at < length) changed[at] = (changed[at] ?? 0) ^ by
          const kind = kindOf(() => open(changed.toString('base64')))
          // A change in the random part or inside the message leaves the frame whole; only the signature tells.
          expect(['malformed', 'receiveId', 'opened']).toContain(kind)
        },
      ),
    )
  })

  test('for any text at all', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (odd, given, at, once) => {
        expect(kindOf(() => open(odd))).not.toBe('opened')
        const query = { signature: given, timestamp: at, nonce: once }
        expect(kindOf(() => openEnvelope(robot, query, odd, now))).toBe('signature')
      }),
    )
  })

  test('when it was encrypted with another key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (other) => {
        const otherKey = Buffer.from(other).toString('base64').slice(0, 43)
        fc.pre(otherKey !== robot.aesKey)
        expect(kindOf(() => open(encrypt(otherKey, '备案', '')))).not.toBe('opened')
      }),
    )
  })
})

test('what was sealed is opened again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(robot, app), (message, keys) => {
      const sealed = sealEnvelope(keys, message, timestamp, nonce)
      const query = { signature: sealed.signature, timestamp, nonce }
      expect(openEnvelope(keys, query, sealed.encrypted, now)).toBe(message)
    }),
  )
})

describe('a file sent to the robot', () => {
  const sealed = (bytes: Buffer) => {
    const count = 32 - (bytes.length % 32)
    return Buffer.from(raw(Buffer.concat([bytes, Buffer.alloc(count, count)])), 'base64')
  }

  test('is decrypted whatever its length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(decryptMedia([robot.aesKey], sealed(Buffer.from(bytes)))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  test('is decrypted by the one of several keys it was made with, in whatever order they stand', () => {
    const others = ['b', 'c'].map((letter) => letter.repeat(42) + 'A')
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
        // A last byte of 1 stands for a padding that any wrong key may come upon by chance.
        fc.pre(bytes.length % 32 !== 31)
        const file = sealed(Buffer.from(bytes))
        expect(decryptMedia([...others, robot.aesKey], file)).toEqual(Buffer.from(bytes))
        expect(decryptMedia([robot.aesKey, ...others], file)).toEqual(Buffer.from(bytes))
      }),
      { numRuns: 1000 },
    )
    expect(kindOf(() => decryptMedia(others, sealed(Buffer.alloc(64))))).toBe('malformed')
  })

  test('is refused when it was cut short or its padding is wrong', () => {
    const file = sealed(Buffer.alloc(40, 0xff))
    expect(kindOf(() => decryptMedia([robot.aesKey], file.subarray(0, 31)))).toBe('malformed')
    expect(kindOf(() => decryptMedia([robot.aesKey], file.subarray(0, 32)))).toBe('malformed')
    expect(kindOf(() => decryptMedia([robot.aesKey], Buffer.alloc(0)))).toBe('malformed')
  })
})
