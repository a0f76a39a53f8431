import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PickUpPolicy, PolicyPreset } from '../../src-shared/profiles/pick-up-policy'
import { ManualClock } from '../support/manual-clock'
import { PACKAGE } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { encode } from '../support/stand-in'

/**
 * One row of the table in docs/exactly-once.md, "The closed loop": what the package does, and what the screens then
 * show.
 */
interface Row {
  seen: string
  policy: PolicyPreset['name']
  act(packageOffice: PackageOffice): Promise<void>
  expected: string
  /** Text in the error bar, or null. */
  error: string | null
  evidence: string | RegExp | null
}

const REFUSAL_TEXT = 'Customer CUST0001 not found on file'
const REFUSED = `Package rejected the file: ${REFUSAL_TEXT}`

const ROWS: Row[] = [
  ...(['attache-unattended', 'plain-pick-up', 'ubl-answers'] as const).flatMap((policy): Row[] => [
    {
      seen: 'the file is still there, younger than the limit',
      policy,
      act: (packageOffice) => packageOffice.readAnswers(59),
      expected: 'dropped; Processing, sent',
      error: null,
      evidence: null,
    },
    {
      seen: 'the file is still there, older than the limit',
      policy,
      act: (packageOffice) => packageOffice.readAnswers(60),
      expected: 'dropped, overdue; Processing, needs review',
      error: 'Not picked up since ',
      evidence: null,
    },
  ]),
  {
    seen: 'the file is in Success',
    policy: 'attache-unattended',
    act: async (packageOffice) => {
      await packageOffice.moveFile('Success')
      await packageOffice.readAnswers()
    },
    expected: 'accepted; Processing, confirmed',
    error: null,
    evidence: 'Found in Success',
  },
  ...(['Failure', 'NotProcessed'] as const).flatMap((folder): Row[] => [
    {
      seen: `the file is in ${folder}, with an .err`,
      policy: 'attache-unattended',
      act: async (packageOffice) => {
        await packageOffice.moveFile(folder, REFUSAL_TEXT)
        await packageOffice.readAnswers()
      },
      expected: 'rejected; Processing, failed',
      error: REFUSED,
      evidence: `Found in ${folder} with `,
    },
    {
      seen: `the file is in ${folder}, and no .err comes`,
      policy: 'attache-unattended',
      act: async (packageOffice) => {
        await packageOffice.moveFile(folder)
        await packageOffice.readAnswersUntilCertain()
      },
      expected: 'rejected; Processing, failed',
      error: 'Package rejected the file and gave no reason.',
      evidence: `Found in ${folder} without an error text`,
    },
  ]),
  {
    seen: 'an .err next to the file in the drop folder',
    policy: 'attache-unattended',
    act: async (packageOffice) => {
      await packageOffice.writeFileNextTo('{base}.err', REFUSAL_TEXT)
      await packageOffice.readAnswers()
    },
    expected: 'rejected; Processing, failed',
    error: REFUSED,
    evidence: /^Reported by \S+\.err$/,
  },
  {
    seen: 'the file is in Hold',
    policy: 'attache-unattended',
    act: async (packageOffice) => {
      await packageOffice.moveFile('Hold')
      await packageOffice.readAnswers()
    },
    expected: 'held; Processing, needs review',
    error: 'Package put ',
    evidence: 'Found in Hold',
  },
  {
    seen: 'the file is gone although there are answer folders',
    policy: 'attache-unattended',
    act: async (packageOffice) => {
      await packageOffice.takeFile()
      await packageOffice.readAnswersUntilCertain()
    },
    expected: 'unknown; Processing, needs review',
    error: 'is gone from the drop folder, but no answer was found.',
    evidence: 'is in none of the answer folders',
  },
  ...(['plain-pick-up', 'ubl-answers'] as const).map(
    (policy): Row => ({
      seen: 'the file is gone, and there are no answer folders',
      policy,
      act: async (packageOffice) => {
        await packageOffice.takeFile()
        await packageOffice.readAnswers()
      },
      expected: 'picked up; Processing, sent',
      error: null,
      evidence: 'The file was gone from',
    }),
  ),
  {
    seen: 'an .ack next to the file',
    policy: 'plain-pick-up',
    act: async (packageOffice) => {
      await packageOffice.writeFileNextTo('{base}.ack', 'thank you')
      await packageOffice.takeFile()
      await packageOffice.readAnswers()
    },
    expected: 'accepted; Processing, confirmed',
    error: null,
    evidence: /^Reported by \S+\.ack$/,
  },
  {
    seen: 'an .err after the file was picked up',
    policy: 'plain-pick-up',
    act: async (packageOffice) => {
      await packageOffice.takeFile()
      await packageOffice.readAnswers()
      await packageOffice.writeFileNextTo('{base}.err', REFUSAL_TEXT)
      await packageOffice.readAnswers()
    },
    expected: 'rejected; Processing, failed',
    error: REFUSED,
    evidence: /^Reported by \S+\.err$/,
  },
]

describe('every row of the closed-loop table', () => {
  test.for(ROWS)('$policy: $seen', async ({ policy, act, expected, error, evidence }) => {
    const packageOffice = await PackageOffice.open(policy)
    await packageOffice.sendOrder()
    await act(packageOffice)
    expect(await packageOffice.summary()).toBe(expected)
    const order = await packageOffice.order()
    if (error === null) expect(order.syncError).toBeNull()
    else expect(order.syncError?.message).toContain(error)
    const delivery = await packageOffice.delivery()
    if (evidence === null) expect(delivery.evidence).toBeNull()
    else expect(delivery.evidence).toMatch(evidence)
    // Reading answers again adds nothing.
    const before = await packageOffice.timeline()
    await packageOffice.readAnswers()
    expect(await packageOffice.timeline()).toEqual(before)
    // The order is never sent again automatically.
    await packageOffice.office.run('Write Order')
    expect((await packageOffice.order()).deliveries).toHaveLength(1)
    expect((await packageOffice.office.command('sync.problems', {})).problems).toHaveLength(error === null ? 0 : 1)
  })

  test('the package’s own words are kept unchanged, and the order says where to look', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Failure', REFUSAL_TEXT)
    await packageOffice.readAnswers()
    const order = await packageOffice.order()
    expect(order.syncError).toMatchObject({
      code: 'rejected-by-package',
      remedy: 'Find and fix the cause in the accounting package. Then set the order to Pending.',
    })
    expect((await packageOffice.delivery()).answerText).toBe(REFUSAL_TEXT)
  })

  test('a picked-up order’s timeline says when it was picked up, and that this package does not confirm imports', async () => {
    const packageOffice = await PackageOffice.open('plain-pick-up')
    await packageOffice.sendOrder()
    await packageOffice.takeFile()
    await packageOffice.readAnswers(7)
    expect((await packageOffice.timeline()).at(-1)).toMatch(/picked up \d\d:\d\d; this package does not confirm imports/)
  })

  test('each destination sets the time after which a file is overdue', async () => {
    const packageOffice = await PackageOffice.open('plain-pick-up', { overdueMinutes: 5 })
    await packageOffice.sendOrder()
    await packageOffice.readAnswers(4)
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    await packageOffice.readAnswers(1)
    expect(await packageOffice.summary()).toBe('dropped, overdue; Processing, needs review')
  })

  test('each destination sets the names of its answer folders and companion files', async () => {
    const answerFolders = { success: 'Processed', failure: 'Errors', notProcessed: 'Skipped', hold: 'Parked' }
    const packageOffice = await PackageOffice.open('attache-unattended', {
      answerFolders,
      companions: [{ pattern: 'error-{id}.txt', verdict: 'rejected' }],
    })
    const { deliveries } = await packageOffice.sendOrder()
    mkdirSync(join(packageOffice.drop, 'Errors'))
    renameSync(join(packageOffice.drop, deliveries[0]?.fileName ?? ''), join(packageOffice.drop, 'Errors', deliveries[0]?.fileName ?? ''))
    await packageOffice.writeFileNextTo('error-{id}.txt', 'Customer on stop', { folder: 'Errors' })
    await packageOffice.readAnswers()
    expect((await packageOffice.order()).syncError?.message).toBe('Package rejected the file: Customer on stop')
  })
})

describe('a clock that was a year ahead and was then corrected', () => {
  const YEAR_MS = 365 * 86_400_000

  async function sendWithWrongClock(policy: PolicyPreset['name'] = 'attache-unattended'): Promise<PackageOffice> {
    const packageOffice = await PackageOffice.open(policy)
    packageOffice.office.clock.jump(YEAR_MS)
    await packageOffice.sendOrder()
    packageOffice.office.clock.jump(-YEAR_MS)
    return packageOffice
  }

  test('a file that is not picked up is reported as soon as usual, not in a year', async () => {
    const packageOffice = await sendWithWrongClock()
    await packageOffice.readAnswers()
    await packageOffice.office.restart()
    await packageOffice.readAnswers(59)
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    await packageOffice.readAnswers(1)
    expect(await packageOffice.summary()).toBe('dropped, overdue; Processing, needs review')
    expect((await packageOffice.order()).syncError?.message).toMatch(/^Not picked up since /)
    const { health } = await packageOffice.office.command('sync.status', {})
    expect(Date.parse(health.lastWrittenAt ?? '')).toBeLessThanOrEqual(packageOffice.office.clock.now().getTime())
  })

  test('a file that is gone without an answer is reported as soon as usual', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.takeFile()
    packageOffice.office.clock.jump(YEAR_MS)
    await packageOffice.readAnswers()
    packageOffice.office.clock.jump(-YEAR_MS)
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    await packageOffice.readAnswers(2)
    expect(await packageOffice.summary()).toBe('unknown; Processing, needs review')
  })

  test('a file in Failure without an error text is reported as soon as usual', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Failure')
    packageOffice.office.clock.jump(YEAR_MS)
    await packageOffice.readAnswers()
    packageOffice.office.clock.jump(-YEAR_MS)
    await packageOffice.readAnswersUntilCertain()
    expect(await packageOffice.summary()).toBe('rejected; Processing, failed')
  })
})

describe('a late answer still counts', () => {
  test.for([
    { first: 'unknown', second: 'Success', expected: 'accepted; Processing, confirmed' },
    { first: 'unknown', second: 'Failure', expected: 'rejected; Processing, failed' },
    { first: 'held', second: 'Success', expected: 'accepted; Processing, confirmed' },
    { first: 'held', second: 'Failure', expected: 'rejected; Processing, failed' },
    { first: 'overdue', second: 'Success', expected: 'accepted; Processing, confirmed' },
    { first: 'overdue', second: 'Failure', expected: 'rejected; Processing, failed' },
    { first: 'rejected', second: 'Success', expected: 'accepted; Processing, confirmed' },
  ] as const)('first $first, then found in $second', async ({ first, second, expected }) => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    const { deliveries } = await packageOffice.sendOrder()
    const name = deliveries[0]?.fileName ?? ''
    const away = join(packageOffice.office.folder, name)
    if (first === 'unknown') renameSync(join(packageOffice.drop, name), away)
    if (first === 'held') await packageOffice.moveFile('Hold')
    if (first === 'rejected') await packageOffice.moveFile('Failure')
    await packageOffice.readAnswers(first === 'overdue' ? 61 : 0)
    await packageOffice.readAnswers(3)
    expect(await packageOffice.summary()).toContain(first)
    const current = [away, ...['', 'Hold', 'Failure'].map((folder) => join(packageOffice.drop, folder, name))].find(existsSync) ?? ''
    mkdirSync(join(packageOffice.drop, second), { recursive: true })
    renameSync(current, join(packageOffice.drop, second, name))
    await packageOffice.readAnswersUntilCertain()
    expect(await packageOffice.summary()).toBe(expected)
    expect((await packageOffice.order()).syncError === null).toBe(second === 'Success')
  })

  test('if a plain package finally picks up an overdue file, the order counts as sent again, with nothing to review', async () => {
    const packageOffice = await PackageOffice.open('plain-pick-up')
    await packageOffice.sendOrder()
    await packageOffice.readAnswers(90)
    expect(await packageOffice.summary()).toContain('needs review')
    await packageOffice.takeFile()
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('picked up; Processing, sent')
    expect((await packageOffice.order()).syncError).toBeNull()
  })

  test('Success together with an .err is a contradiction that needs review', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Success', 'Something went wrong')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('held; Processing, needs review')
    expect((await packageOffice.delivery()).evidence).toMatch(/^Found in Success, but .*\.err says that it was rejected$/)
    expect((await packageOffice.delivery()).answerText).toBe('Something went wrong')
  })

  test('an .err that arrives minutes after the move to Failure is read', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Failure')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    await packageOffice.writeFileNextTo('{base}.err', 'Period is closed', { folder: 'Failure' })
    await packageOffice.readAnswers(1)
    expect((await packageOffice.order()).syncError?.message).toBe('Package rejected the file: Period is closed')
  })

  test('an .err that arrives after the order failed with "gave no reason" adds the reason', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Failure')
    await packageOffice.readAnswersUntilCertain()
    expect((await packageOffice.order()).syncError?.message).toContain('gave no reason')
    await packageOffice.writeFileNextTo('{base}.err', 'Period is closed', { folder: 'Failure' })
    await packageOffice.readAnswers(1)
    expect((await packageOffice.order()).syncError?.message).toBe('Package rejected the file: Period is closed')
  })

  test('a status that a person has set in the meantime stays, but the order fails', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    const { id } = await packageOffice.sendOrder()
    await packageOffice.office.command('orders.changeStatus', { orderId: id, status: 'Dispatched' })
    await packageOffice.moveFile('Failure', 'Period is closed')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('rejected; Dispatched, failed')
  })

  test('the former drop folder is checked too, and delays nothing if it is unreachable', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    const { office } = packageOffice
    await packageOffice.sendOrder(1)
    const { id, name, profile, policy } = await office.destination()
    const moveTo = (folder: string) => {
      mkdirSync(folder, { recursive: true })
      return office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, policy })
    }
    await moveTo(join(office.folder, 'second'))
    await packageOffice.sendOrder(2)
    await packageOffice.moveFile('Success', undefined, { n: 1 })
    await packageOffice.readAnswers()
    expect(await packageOffice.summary(1)).toBe('accepted; Processing, confirmed')

    await moveTo(join(office.folder, 'third'))
    await packageOffice.sendOrder(3)
    renameSync(join(office.folder, 'second'), join(office.folder, 'second-gone'))
    const third = (await packageOffice.delivery(3)).fileName
    mkdirSync(join(office.folder, 'third', 'Success'))
    renameSync(join(office.folder, 'third', third), join(office.folder, 'third', 'Success', third))
    await packageOffice.readAnswers()
    expect(await packageOffice.summary(3)).toBe('accepted; Processing, confirmed')
    expect(await packageOffice.summary(2)).toBe('dropped; Processing, sent')
    // Orders in a folder that never becomes reachable again don't stay in this state forever.
    await packageOffice.readAnswers(61)
    expect(await packageOffice.summary(2)).toBe('unknown; Processing, needs review')
  })

  test('the program can be restarted between any two runs of Read Answers', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder(1)
    await packageOffice.sendOrder(2)
    await packageOffice.takeFile(1)
    await packageOffice.readAnswers()
    await packageOffice.office.restart()
    await packageOffice.readAnswers(1)
    await packageOffice.office.restart()
    expect(await packageOffice.summary(1)).toBe('dropped; Processing, sent')
    await packageOffice.readAnswers(1)
    expect(await packageOffice.summary(1)).toBe('unknown; Processing, needs review')
    await packageOffice.moveFile('Failure', 'Product PROD-A unknown', { n: 2 })
    await packageOffice.office.restart()
    await packageOffice.readAnswers()
    expect(await packageOffice.summary(2)).toBe('rejected; Processing, failed')
  })
})

describe('an answer is shown word for word', () => {
  const TEXT = 'Customer Müller & Söhne: “on stop” – 12.50 €\r\n  Line 2'
  test.for(['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const)('in %s', async (encoding) => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Failure', encode(TEXT, encoding))
    await packageOffice.readAnswers()
    expect((await packageOffice.delivery()).answerText).toBe(TEXT)
    expect((await packageOffice.order()).timeline.some(({ details }) => details.includes(TEXT))).toBe(true)
  })

  test('a huge answer is cut between two characters, and says where the rest is', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    // Each character has 3 bytes, so the limit of 64 KiB falls within a character.
    await packageOffice.moveFile('Failure', '€'.repeat(5_000_000))
    await packageOffice.readAnswers()
    const { answerText } = await packageOffice.delivery()
    expect(answerText?.length).toBeLessThan(70_000)
    expect(answerText).toMatch(/^€{20000,}\n… \(the rest is in .*\.err\)$/)
    expect((await packageOffice.order()).syncError?.message.length).toBeLessThan(400)
  })

  test('an empty .err rejects and gives no reason', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Failure', '')
    await packageOffice.readAnswers()
    expect((await packageOffice.order()).syncError?.message).toContain('gave no reason')
  })

  test('a half-written .err is not read until it stops changing', async () => {
    const clock = new ManualClock()
    const packageOffice = await PackageOffice.open('attache-unattended', {}, { clock, settleMs: 1000 })
    await packageOffice.sendOrder()
    await packageOffice.moveFile('Failure', 'Customer ')
    const err = join(packageOffice.drop, 'Failure', `${parse((await packageOffice.delivery()).fileName).name}.err`)
    // The file grows while the program waits for it to stop changing.
    let pieces = ['CUST', '01 ']
    clock.sleep = async (ms) => {
      clock.advance(ms)
      const piece = pieces.shift()
      if (piece !== undefined) appendFileSync(err, piece)
    }
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    appendFileSync(err, '00')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    appendFileSync(err, 'not found')
    pieces = []
    await packageOffice.readAnswers()
    expect((await packageOffice.order()).syncError?.message).toBe('Package rejected the file: Customer CUST0001 not found')
  })
})

describe('companion files are matched with their order', () => {
  const cases: { pattern: string; name: string; isMatch: boolean }[] = [
    { pattern: '{base}.err', name: '{base}.err', isMatch: true },
    { pattern: '{base}.err', name: '{base}-1.err', isMatch: false },
    { pattern: '{base}*.err', name: '{base}.kfi.err', isMatch: true },
    { pattern: '{base}*.err', name: '{base}-2026.err', isMatch: true },
    { pattern: '*{base}.err', name: 'KFI_{base}.err', isMatch: true },
    { pattern: '*{id}.err', name: 'anything 7-{id}.err', isMatch: true },
    { pattern: '*{id}*.err', name: 'a-{id}-b.err', isMatch: true },
    { pattern: '{id}.err', name: 'x{id}.err', isMatch: false },
    { pattern: '{base}.err', name: '{base}.ERR', isMatch: true },
    { pattern: '{base}(1).err', name: '{base}(1).err', isMatch: true },
    { pattern: '{base}.e+r', name: '{base}.eer', isMatch: false },
  ]
  test.for(cases)('pattern $pattern, file $name: $isMatch', async ({ pattern, name, isMatch }) => {
    const companions: PickUpPolicy['companions'] = [{ pattern, verdict: 'rejected' }]
    const packageOffice = await PackageOffice.open('plain-pick-up', { companions })
    await packageOffice.sendOrder()
    await packageOffice.writeFileNextTo(name, 'no')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe(isMatch ? 'rejected; Processing, failed' : 'dropped; Processing, sent')
  })

  test('letter case in names is ignored', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder(1)
    await packageOffice.sendOrder(2)
    await packageOffice.moveFile('Failure', 'no', { n: 1, as: (name) => name.toUpperCase() })
    await packageOffice.moveFile('Success', undefined, { n: 2, as: (name) => name.toUpperCase() })
    await packageOffice.readAnswers()
    expect(await packageOffice.summary(1)).toBe('rejected; Processing, failed')
    expect(await packageOffice.summary(2)).toBe('accepted; Processing, confirmed')
  })

  test('a note has no effect on the state and is added to the timeline once', async () => {
    const packageOffice = await PackageOffice.open('plain-pick-up')
    await packageOffice.sendOrder()
    const name = await packageOffice.writeFileNextTo('{base}.log', 'imported 3 lines')
    await packageOffice.readAnswers()
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    const notes = (await packageOffice.order()).timeline.filter(({ text }) => text.startsWith(name))
    expect(notes).toMatchObject([{ actor: PACKAGE, details: 'imported 3 lines' }])
  })

  test('an answer to another order’s file does not apply to this order', async () => {
    const packageOffice = await PackageOffice.open('attache-unattended')
    await packageOffice.sendOrder(1)
    await packageOffice.sendOrder(2)
    await packageOffice.moveFile('Failure', 'no', { n: 2 })
    writeFileSync(join(packageOffice.drop, 'Failure', 'stranger.err'), 'not ours')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary(1)).toBe('dropped; Processing, sent')
    expect(await packageOffice.summary(2)).toBe('rejected; Processing, failed')
  })
})

describe('no conclusion is drawn from a missing folder', () => {
  test.for(['attache-unattended', 'plain-pick-up'] as const)('%s: unreachable, then back', async (policy) => {
    const packageOffice = await PackageOffice.open(policy)
    await packageOffice.sendOrder()
    renameSync(packageOffice.drop, `${packageOffice.drop}-away`)
    for (let run = 0; run < 3; run++) await packageOffice.readAnswers(90)
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    renameSync(`${packageOffice.drop}-away`, packageOffice.drop)
    await packageOffice.takeFile()
    await packageOffice.readAnswersUntilCertain()
    expect(await packageOffice.summary()).toMatch(policy === 'plain-pick-up' ? /^picked up/ : /^unknown/)
  })

  test.for(['attache-unattended', 'plain-pick-up'] as const)(
    '%s: replaced by an empty folder, which Write Order then uses',
    async (policy) => {
      const packageOffice = await PackageOffice.open(policy)
      await packageOffice.sendOrder()
      renameSync(packageOffice.drop, `${packageOffice.drop}-away`)
      mkdirSync(packageOffice.drop)
      await packageOffice.readAnswers(10)
      await packageOffice.readAnswers(10)
      expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
      // Write Order uses the new folder. It's unknown what happened to the files in the old one, so the order needs
      // review.
      await packageOffice.office.run('Write Order')
      await packageOffice.readAnswers(10)
      expect(await packageOffice.summary()).toBe('unknown; Processing, needs review')
      expect((await packageOffice.delivery()).evidence).toContain('The folder was replaced or emptied')
    },
  )
})
