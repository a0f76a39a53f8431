import { describe, expect, test } from 'vitest'
import { formatLogLine, type LogLine, parseLogLines } from '../../../../../src-main/engine/logs/log-line'
import { redact } from '../../../../../src-main/engine/logs/redact'

const AT = '2026-04-07T01:02:03.004Z'
const line: LogLine = { at: AT, level: 'info', runId: null, order: null, text: 'Something happened' }

describe('a line of the log', () => {
  test('has the time, level, run and order', () => {
    expect(formatLogLine({ ...line, level: 'warn', runId: 12, order: 'W0001' })).toBe(`${AT} warn  run=12 order="W0001" Something happened`)
    expect(formatLogLine(line)).toBe(`${AT} info  Something happened`)
  })

  test.each<LogLine>([
    line,
    { ...line, runId: 7, text: 'run=8 order="x" is only text' },
    { ...line, order: 'W "1"\\ 2\n3', level: 'error', text: 'Error: bad\n    at file.ts:1\n\n2026-01-01T00:00:00.000Z info forged' },
    { ...line, level: 'debug', text: '' },
  ])('is parsed to the same values: %j', (original) => {
    expect(parseLogLines(`${formatLogLine(original)}\n${formatLogLine(line)}\n`)).toEqual([original, line])
  })

  test('can be parsed with Windows line endings', () => {
    const error: LogLine = { ...line, level: 'error', text: 'Error: bad\n    at file.ts:1\n\nthe end' }
    expect(parseLogLines(`${formatLogLine(error)}\n${formatLogLine(line)}\n`.replaceAll('\n', '\r\n'))).toEqual([error, line])
  })

  test('contains no control characters for a terminal', () => {
    const evil = '\u001b[2J\u009b31m\u0007'
    const written = formatLogLine({ ...line, order: `W${evil}`, text: `Source ${evil}: read` })
    expect(written).not.toMatch(/\p{Cc}/u)
    expect(parseLogLines(`${written}\n`)[0]?.order).toBe(`W${evil}`)
  })

  test('is skipped if its start is cut off', () => {
    expect(parseLogLines(`ening of a line\n    and more\n${formatLogLine(line)}\n`)).toEqual([line])
  })
})

describe('secrets and personal data are removed from log lines', () => {
  test.each([
    ['Customer notified at ann.o-neill@mail.example.com.au.', 'Customer notified at a…@mail.example.com.au.'],
    ['from <müller@bücher.example>', 'from <m…@bücher.example>'],
    ['smtp://shop:geheim@mail.example:587', 'smtp://[hidden]@mail.example:587'],
    [`{ user: 'shop', password: 'two words' }`, `{ user: 'shop', password: [hidden] }`],
    ['password=geheim and more', 'password=[hidden] and more'],
    ['"passphrase": "x y"', '"passphrase": [hidden]'],
    ['Authorization: Basic c2hvcDpnZWhlaW0=', 'Authorization: [hidden]'],
    ['AUTH PLAIN AHNob3AAZ2VoZWlt', 'AUTH PLAIN [hidden]'],
    ['rang from +61 2 5550 1234', 'rang from [hidden]'],
    ['rang from (02) 5550 1234, twice', 'rang from [hidden], twice'],
    ['rang from 0412345678', 'rang from [hidden]'],
    ['in /home/jane/Orders', 'in /home/(user)/Orders'],
    ["cannot open '/in/Jane Citizen.json'", "cannot open '/in/file-489602db.json'"],
    [`{ line1: '1 High Street', city: 'Perth' }`, `{ line1: [hidden], city: 'Perth' }`],
  ])('%s', (text, redacted) => {
    expect(redact(text)).toBe(redacted)
  })

  test('ordinary lines are unchanged', () => {
    for (const text of [
      'Write Order (schedule, Sync): done: 3 orders written, 1 failed. Order W@2 token count 3',
      '20261124-181719-000000001041-01-04e1nh71g54.kfi is left to the next run: EBUSY',
      'Run 447582931845120 took 1234567890 ms, 00012345 bytes, 2026-04-07 01:02:03',
    ])
      expect(redact(text)).toBe(text)
  })
})
