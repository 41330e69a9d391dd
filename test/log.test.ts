import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLogger, mask, newReference, type Logger } from '../src/log.ts'

/** What one call wrote, as text. */
function logged(write: (log: Logger) => void): string {
  const lines: string[] = []
  write(createLogger('trace', { write: (line) => void lines.push(line) }))
  return lines.join('')
}

/** What must not be seen, and where a longer text holds it, that text. */
const secrets: Record<string, [secret: string, text?: string]> = {
  'an identity number': ['450205190301011236'],
  'an identity number ending in x': ['45020519030101123x'],
  'an identity number of 15 digits': ['450205030101123'],
  'an identity number with blanks': ['450205 1903 0101 1236'],
  'a full-width identity number': ['４５０２０５１９０３０１０１１２３Ｘ'],
  'a mobile number': ['19900001234'],
  'a mobile number with hyphens': ['199-0000-1234'],
  'a mobile number with the country code': ['199 0000 1234', '+86 199 0000 1234'],
  'a landline': ['2800123', '0772-2800123'],
  'a landline in brackets': ['2800123', '(0772)2800123'],
  'a landline without its area code': ['2800123'],
  'two numbers run together': ['19900001234', '45020519030101123619900001234'],
  'a number spoken': ['一九九零零零零幺二三四'],
  'a name': ['王秀英'],
  'an address': ['柳州市柳北区跃进路58号'],
  'a response code': ['aBc-12', 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=aBc-12'],
  'a webhook key': ['3c1f-77', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=3c1f-77'],
  'a corp secret': ['sEcr3t', '/cgi-bin/gettoken?corpid=ww1&corpsecret=sEcr3t'],
  'an access token': ['tok_9', '/cgi-bin/message/send?access_token=tok_9'],
  'a token in JSON': ['SheQu', '{"token":"SheQu"}'],
  'a key of the console': ['HAt0GuTw062KwG4bkHXOwPl6N8dr4h1K1yWsPWemKrI'],
  'a key in base64': ['q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA='],
  'a password in an address': ['hunter2', 'postgres://filing:hunter2@db/filing'],
  'a file link': ['c2hvcnQ', 'https://filing.example/files/c2hvcnQ/form.docx'],
}

for (const [what, [core, secret = core]] of Object.entries(secrets)) {
  const places: Record<string, (log: Logger) => void> = {
    'a message': (log) => log.info(`got ${secret}`),
    'a message with values': (log) => log.info('got %s and %o', secret, { secret }),
    'an allowed field': (log) => log.info({ outcome: secret }, 'done'),
    'a field nobody allowed': (log) => log.info({ answer: secret }, 'done'),
    'a nested field': (log) => log.info({ filing: { form: { answers: { idNumber: secret } } } }, 'done'),
    'a nested allowed field': (log) => log.info({ filing: { kind: secret } }, 'done'),
    'an array': (log) => log.info({ outcome: [secret, [secret, { roster: secret }]] }, 'done'),
    'the name of a field': (log) => log.info({ [secret]: 1 }, 'done'),
    'an error': (log) => log.error(new Error(`cannot read ${secret}`)),
    'an error under any name': (log) => log.error({ error: new Error(secret) }, 'failed'),
    'an error beside a message': (log) => log.error({ err: new Error(secret) }, 'cannot read'),
    'the cause of a cause': (log) =>
      log.error(new Error('a', { cause: new Error('b', { cause: new Error(secret) }) })),
    'a cause that is no error': (log) => log.error(new Error('a', { cause: { answer: secret } })),
    'one of several errors': (log) => log.error(new AggregateError([new Error(secret)], 'all')),
    'what a library hung on an error': (log) =>
      log.error(Object.assign(new Error('a'), { detail: secret, parameters: [secret] })),
    'an instance of a class': (log) => log.info({ outcome: new Map([[secret, secret]]) }, 'done'),
  }
  test.each(Object.entries(places))(`${what} does not reach the log in %s`, (_, write) => {
    const line = logged(write)
    expect(line).not.toContain(core)
    for (const part of line.trim().split('\n')) expect(() => JSON.parse(part)).not.toThrow()
  })
}

test('identity and telephone numbers are masked wherever they stand in a line', () => {
  const digit = fc.integer({ min: 0, max: 9 }).map(String)
  const number = fc.oneof(
    fc
      .tuple(fc.array(digit, { minLength: 17, maxLength: 17 }), fc.constantFrom('0', '7', 'x', 'X'))
      .map(([d, x]) => d.join('') + x),
    fc.array(digit, { minLength: 9, maxLength: 9 }).map((d) => `19${d.join('')}`),
    fc.array(digit, { minLength: 8, maxLength: 8 }).map((d) => `0772${d.join('')}`),
  )
  const around = fc.constantFrom('', ' ', '"', '\\n', ':', '，', 'tel', '=', '.', '/', '#')
  fc.assert(
    fc.property(around, number, around, (before, found, after) => {
      expect(mask(`${before}${found}${after}`)).not.toContain(found)
    }),
  )
})

test('keeps what is needed to find a failure', () => {
  const log = logged((log) =>
    log.error(
      {
        reference: 'K7MX2P',
        messageId: '7300000000000000001',
        userId: 'lihua',
        err: new TypeError('no such cell'),
      },
      'turn failed',
    ),
  )
  const line = JSON.parse(log)
  expect(line).toMatchObject({
    level: 'error',
    reference: 'K7MX2P',
    messageId: '7300000000000000001',
    userId: 'lihua',
    msg: 'turn failed',
    err: { type: 'TypeError', message: 'no such cell' },
  })
  expect(line.err.stack).toContain('log.test.ts')
  expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
})

test('names the fields it left out', () => {
  expect(JSON.parse(logged((log) => log.info({ count: 2, answer: 'x' }, 'done')))).toMatchObject({
    count: 2,
    hidden: ['answer'],
  })
})

test('a syntax error does not quote the text it stumbled over', () => {
  const line = logged((log) => {
    try {
      JSON.parse('{"employer": Steelworks of Liuzhou')
    } catch (error) {
      log.error({ err: error }, 'damaged')
    }
  })
  expect(line).not.toContain('Steel')
})

test('a reference is short and has no letters that are mistaken for others', () => {
  const numbers = [0, 1, 2, 22, 23, 24]
  expect(newReference(() => numbers.shift() ?? 0)).toBe('234WXY')
  for (let i = 0; i < 200; i++) expect(newReference()).toMatch(/^[2-9AC-HJ-NPRTUWXY]{6}$/)
})

test.each<[string, (log: Logger) => void]>([
  ['a field', (log) => log.info({ employer: 'Steelworks' }, 'done')],
  ['a field within an allowed one', (log) => log.info({ filing: { employer: 'Steelworks' } }, 'done')],
  [
    'a field of a list within an allowed one',
    (log) => log.info({ filing: [{ post: 'Steelworks' }] }, 'done'),
  ],
  ['a field of an error', (log) => log.error(Object.assign(new Error('a'), { detail: 'Steelworks' }))],
  ['a cause that is no error', (log) => log.error(new Error('a', { cause: { row: 'Steelworks' } }))],
  ['a value pasted into a message', (log) => log.info('works at %s', 'Steelworks')],
  [
    'something that is no plain object',
    (log) => log.info({ filing: new Map([['a', 'Steelworks']]) }, 'done'),
  ],
])('what no pattern could recognise is left out of %s', (_, write) => {
  expect(logged(write)).not.toContain('Steelworks')
})
