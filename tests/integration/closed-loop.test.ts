import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { PickUpPolicy, ReadyPolicy } from '../../src-shared/profiles/pick-up-policy'
import { ManualClock } from '../support/manual-clock'
import { PACKAGE } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { encode } from '../support/stand-in'

/** One row of the table "The closed loop": what the package does, what the screens show then. */
interface Row {
  seen: string
  policy: ReadyPolicy['name']
  does(package_: PackageOffice): Promise<void>
  shows: string
  /** The error bar, or null. */
  error: string | null
  evidence: string | null
}

const KNOWN_REFUSAL = 'Customer CUST0001 not found on file'
const REFUSED = `Sync error: Package rejected the file: ${KNOWN_REFUSAL}`.replace('Sync error: ', '')

const ROWS: Row[] = [
  ...(['attache-unattended', 'plain-pick-up', 'ubl-answers'] as const).flatMap((policy): Row[] => [
    {
      seen: 'the file is still there, younger than the limit',
      policy,
      does: (package_) => package_.looks(59),
      shows: 'dropped; Processing, sent',
      error: null,
      evidence: null,
    },
    {
      seen: 'the file is still there, older than the limit',
      policy,
      does: (package_) => package_.looks(60),
      shows: 'dropped, overdue; Processing, needs review',
      error: 'Not picked up since ',
      evidence: null,
    },
  ]),
  {
    seen: 'the file is in Success',
    policy: 'attache-unattended',
    does: async (package_) => {
      await package_.moves('Success')
      await package_.looks()
    },
    shows: 'accepted; Processing, confirmed',
    error: null,
    evidence: 'Found in Success',
  },
  ...(['Failure', 'NotProcessed'] as const).flatMap((folder): Row[] => [
    {
      seen: `the file is in ${folder}, with an .err`,
      policy: 'attache-unattended',
      does: async (package_) => {
        await package_.moves(folder, KNOWN_REFUSAL)
        await package_.looks()
      },
      shows: 'rejected; Processing, failed',
      error: REFUSED,
      evidence: `Found in ${folder} with `,
    },
    {
      seen: `the file is in ${folder}, and no .err comes`,
      policy: 'attache-unattended',
      does: async (package_) => {
        await package_.moves(folder)
        await package_.looksUntilSure()
      },
      shows: 'rejected; Processing, failed',
      error: 'Package rejected the file and gave no reason.',
      evidence: `Found in ${folder} without an error text`,
    },
  ]),
  {
    seen: 'an .err beside the file in the drop folder',
    policy: 'attache-unattended',
    does: async (package_) => {
      await package_.writes('{base}.err', KNOWN_REFUSAL)
      await package_.looks()
    },
    shows: 'rejected; Processing, failed',
    error: REFUSED,
    evidence: '.err says so',
  },
  {
    seen: 'the file is in Hold',
    policy: 'attache-unattended',
    does: async (package_) => {
      await package_.moves('Hold')
      await package_.looks()
    },
    shows: 'held; Processing, needs review',
    error: 'Package holds ',
    evidence: 'Found in Hold',
  },
  {
    seen: 'the file is gone, although there are answer folders',
    policy: 'attache-unattended',
    does: async (package_) => {
      await package_.takes()
      await package_.looksUntilSure()
    },
    shows: 'unknown; Processing, needs review',
    error: 'is gone from the drop folder, and no answer was found.',
    evidence: 'it is in none of the answer folders',
  },
  ...(['plain-pick-up', 'ubl-answers'] as const).map(
    (policy): Row => ({
      seen: 'the file is gone, and there are no answer folders',
      policy,
      does: async (package_) => {
        await package_.takes()
        await package_.looks()
      },
      shows: 'picked up; Processing, sent',
      error: null,
      evidence: 'The file was gone from',
    }),
  ),
  {
    seen: 'an .ack beside the file',
    policy: 'plain-pick-up',
    does: async (package_) => {
      await package_.writes('{base}.ack', 'thank you')
      await package_.takes()
      await package_.looks()
    },
    shows: 'accepted; Processing, confirmed',
    error: null,
    evidence: '.ack says so',
  },
  {
    seen: 'an .err after the file was picked up',
    policy: 'plain-pick-up',
    does: async (package_) => {
      await package_.takes()
      await package_.looks()
      await package_.writes('{base}.err', KNOWN_REFUSAL)
      await package_.looks()
    },
    shows: 'rejected; Processing, failed',
    error: REFUSED,
    evidence: '.err says so',
  },
]

describe('every row of the closed-loop table', () => {
  test.for(ROWS)('$policy: $seen', async ({ policy, does, shows, error, evidence }) => {
    const package_ = await PackageOffice.open(policy)
    await package_.sent()
    await does(package_)
    expect(await package_.shows()).toBe(shows)
    const order = await package_.order()
    if (error === null) expect(order.syncError).toBeNull()
    else expect(order.syncError?.message).toContain(error)
    const delivery = await package_.delivery()
    if (evidence === null) expect(delivery.evidence).toBeNull()
    else expect(delivery.evidence).toContain(evidence)
    // Looking again says nothing new.
    const before = await package_.timeline()
    await package_.looks()
    expect(await package_.timeline()).toEqual(before)
    // Nothing of it is ever sent by itself.
    await package_.office.run('Write Order')
    expect((await package_.order()).deliveries).toHaveLength(1)
    expect((await package_.office.command('sync.problems', {})).problems).toHaveLength(error === null ? 0 : 1)
  })

  test('the words of the package are kept as they are, and the order says where to look', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Failure', KNOWN_REFUSAL)
    await package_.looks()
    const order = await package_.order()
    expect(order.syncError).toMatchObject({
      code: 'rejected-by-package',
      remedy: 'Look for the cause in the accounting package. Then set the order to Pending.',
    })
    expect((await package_.delivery()).answerText).toBe(KNOWN_REFUSAL)
  })

  test('a picked-up order says on its timeline when, and that this package does not confirm', async () => {
    const package_ = await PackageOffice.open('plain-pick-up')
    await package_.sent()
    await package_.takes()
    await package_.looks(7)
    expect((await package_.timeline()).at(-1)).toMatch(/picked up \d\d:\d\d; this package does not confirm imports/)
  })

  test('the time after which a file is overdue is the destination’s own', async () => {
    const package_ = await PackageOffice.open('plain-pick-up', { overdueMinutes: 5 })
    await package_.sent()
    await package_.looks(4)
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    await package_.looks(1)
    expect(await package_.shows()).toBe('dropped, overdue; Processing, needs review')
  })

  test('names of answer folders and companions are the destination’s own', async () => {
    const answerFolders = { success: 'Verarbeitet', failure: 'Fehler', notProcessed: 'Offen', hold: 'Halt' }
    const package_ = await PackageOffice.open('attache-unattended', {
      answerFolders,
      companions: [{ pattern: 'fehler-{id}.txt', verdict: 'rejected' }],
    })
    const { deliveries } = await package_.sent()
    mkdirSync(join(package_.drop, 'Fehler'))
    renameSync(join(package_.drop, deliveries[0]?.fileName ?? ''), join(package_.drop, 'Fehler', deliveries[0]?.fileName ?? ''))
    await package_.writes('fehler-{id}.txt', 'Kunde gesperrt', { folder: 'Fehler' })
    await package_.looks()
    expect((await package_.order()).syncError?.message).toBe('Package rejected the file: Kunde gesperrt')
  })
})

describe('a clock that was a year ahead when the file was written, and then corrected', () => {
  const YEAR_MS = 365 * 86_400_000

  async function sentByAWrongClock(policy: ReadyPolicy['name'] = 'attache-unattended'): Promise<PackageOffice> {
    const package_ = await PackageOffice.open(policy)
    package_.office.clock.jump(YEAR_MS)
    await package_.sent()
    package_.office.clock.jump(-YEAR_MS)
    return package_
  }

  test('a file that nobody picks up is reported as soon as any other, not in a year', async () => {
    const package_ = await sentByAWrongClock()
    await package_.looks()
    await package_.office.restart()
    await package_.looks(59)
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    await package_.looks(1)
    expect(await package_.shows()).toBe('dropped, overdue; Processing, needs review')
    expect((await package_.order()).syncError?.message).toMatch(/^Not picked up since /)
    const { health } = await package_.office.command('sync.status', {})
    expect(Date.parse(health.lastWrittenAt ?? '')).toBeLessThanOrEqual(package_.office.clock.now().getTime())
  })

  test('a file that is gone without an answer is reported as soon as any other', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.takes()
    package_.office.clock.jump(YEAR_MS)
    await package_.looks()
    package_.office.clock.jump(-YEAR_MS)
    await package_.looks()
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    await package_.looks(2)
    expect(await package_.shows()).toBe('unknown; Processing, needs review')
  })

  test('a file in Failure without an error text is reported as soon as any other', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Failure')
    package_.office.clock.jump(YEAR_MS)
    await package_.looks()
    package_.office.clock.jump(-YEAR_MS)
    await package_.looksUntilSure()
    expect(await package_.shows()).toBe('rejected; Processing, failed')
  })
})

describe('what comes late still counts', () => {
  test.for([
    { first: 'unknown', second: 'Success', shows: 'accepted; Processing, confirmed' },
    { first: 'unknown', second: 'Failure', shows: 'rejected; Processing, failed' },
    { first: 'held', second: 'Success', shows: 'accepted; Processing, confirmed' },
    { first: 'held', second: 'Failure', shows: 'rejected; Processing, failed' },
    { first: 'overdue', second: 'Success', shows: 'accepted; Processing, confirmed' },
    { first: 'overdue', second: 'Failure', shows: 'rejected; Processing, failed' },
    { first: 'rejected', second: 'Success', shows: 'accepted; Processing, confirmed' },
  ] as const)('first $first, then found in $second', async ({ first, second, shows }) => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { deliveries } = await package_.sent()
    const name = deliveries[0]?.fileName ?? ''
    const away = join(package_.office.folder, name)
    if (first === 'unknown') renameSync(join(package_.drop, name), away)
    if (first === 'held') await package_.moves('Hold')
    if (first === 'rejected') await package_.moves('Failure')
    await package_.looks(first === 'overdue' ? 61 : 0)
    await package_.looks(3)
    expect(await package_.shows()).toContain(first)
    const lies = [away, ...['', 'Hold', 'Failure'].map((folder) => join(package_.drop, folder, name))].find(existsSync) ?? ''
    mkdirSync(join(package_.drop, second), { recursive: true })
    renameSync(lies, join(package_.drop, second, name))
    await package_.looksUntilSure()
    expect(await package_.shows()).toBe(shows)
    expect((await package_.order()).syncError === null).toBe(second === 'Success')
  })

  test('an overdue file that a plain package takes after all is simply sent again, with nothing to review', async () => {
    const package_ = await PackageOffice.open('plain-pick-up')
    await package_.sent()
    await package_.looks(90)
    expect(await package_.shows()).toContain('needs review')
    await package_.takes()
    await package_.looks()
    expect(await package_.shows()).toBe('picked up; Processing, sent')
    expect((await package_.order()).syncError).toBeNull()
  })

  test('Success together with an .err is a contradiction that a person looks at', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Success', 'Something went wrong')
    await package_.looks()
    expect(await package_.shows()).toBe('held; Processing, needs review')
    expect((await package_.delivery()).evidence).toMatch(/^Found in Success, but .*\.err says that it was rejected$/)
    expect((await package_.delivery()).answerText).toBe('Something went wrong')
  })

  test('an .err that comes minutes after the move to Failure is read then', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Failure')
    await package_.looks()
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    await package_.writes('{base}.err', 'Period is closed', { folder: 'Failure' })
    await package_.looks(1)
    expect((await package_.order()).syncError?.message).toBe('Package rejected the file: Period is closed')
  })

  test('an .err that comes after "gave no reason" gives the reason', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Failure')
    await package_.looksUntilSure()
    expect((await package_.order()).syncError?.message).toContain('gave no reason')
    await package_.writes('{base}.err', 'Period is closed', { folder: 'Failure' })
    await package_.looks(1)
    expect((await package_.order()).syncError?.message).toBe('Package rejected the file: Period is closed')
  })

  test('a status that a person gave meanwhile stays, and the order is red all the same', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { id } = await package_.sent()
    await package_.office.command('orders.changeStatus', { orderId: id, status: 'Dispatched' })
    await package_.moves('Failure', 'Period is closed')
    await package_.looks()
    expect(await package_.shows()).toBe('rejected; Dispatched, failed')
  })

  test('the former drop folder is looked at as well, and a dead one holds nothing up', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    const { office } = package_
    await package_.sent(1)
    const { id, name, profile, policy } = await office.destination()
    const moveTo = (folder: string) => {
      mkdirSync(folder, { recursive: true })
      return office.command('settings.saveDestination', { id, name, profile, folder, isDefault: true, policy })
    }
    await moveTo(join(office.folder, 'second'))
    await package_.sent(2)
    await package_.moves('Success', undefined, { n: 1 })
    await package_.looks()
    expect(await package_.shows(1)).toBe('accepted; Processing, confirmed')

    await moveTo(join(office.folder, 'third'))
    await package_.sent(3)
    renameSync(join(office.folder, 'second'), join(office.folder, 'second-gone'))
    const third = (await package_.delivery(3)).fileName
    mkdirSync(join(office.folder, 'third', 'Success'))
    renameSync(join(office.folder, 'third', third), join(office.folder, 'third', 'Success', third))
    await package_.looks()
    expect(await package_.shows(3)).toBe('accepted; Processing, confirmed')
    expect(await package_.shows(2)).toBe('dropped; Processing, sent')
    // A folder that is never connected again does not keep its orders in the dark for ever.
    await package_.looks(61)
    expect(await package_.shows(2)).toBe('unknown; Processing, needs review')
  })

  test('the program may be restarted between any two looks', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent(1)
    await package_.sent(2)
    await package_.takes(1)
    await package_.looks()
    await package_.office.restart()
    await package_.looks(1)
    await package_.office.restart()
    expect(await package_.shows(1)).toBe('dropped; Processing, sent')
    await package_.looks(1)
    expect(await package_.shows(1)).toBe('unknown; Processing, needs review')
    await package_.moves('Failure', 'Product PROD-A unknown', { n: 2 })
    await package_.office.restart()
    await package_.looks()
    expect(await package_.shows(2)).toBe('rejected; Processing, failed')
  })
})

describe('an answer is shown word for word', () => {
  const TEXT = 'Kunde Müller & Söhne: “gesperrt” – 12,50 €\r\n  Zeile 2'
  test.for(['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'windows-1252'] as const)('in %s', async (encoding) => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Failure', encode(TEXT, encoding))
    await package_.looks()
    expect((await package_.delivery()).answerText).toBe(TEXT)
    expect((await package_.order()).timeline.some(({ details }) => details.includes(TEXT))).toBe(true)
  })

  test('of a huge answer the beginning, whole characters, and where the rest is', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    // 3 bytes a character: the cut at 64 KiB falls within one.
    await package_.moves('Failure', '€'.repeat(5_000_000))
    await package_.looks()
    const { answerText } = await package_.delivery()
    expect(answerText?.length).toBeLessThan(70_000)
    expect(answerText).toMatch(/^€{20000,}\n… \(the rest is in .*\.err\)$/)
    expect((await package_.order()).syncError?.message.length).toBeLessThan(400)
  })

  test('an empty .err rejects and gives no reason', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent()
    await package_.moves('Failure', '')
    await package_.looks()
    expect((await package_.order()).syncError?.message).toContain('gave no reason')
  })

  test('a half-written .err is not read before it lies still', async () => {
    const clock = new ManualClock()
    const package_ = await PackageOffice.open('attache-unattended', {}, { clock, settleMs: 1000 })
    await package_.sent()
    await package_.moves('Failure', 'Customer ')
    const err = join(package_.drop, 'Failure', `${parse((await package_.delivery()).fileName).name}.err`)
    // Whoever waits for it to lie still sees it grow.
    let pieces = ['CUST', '01 ']
    clock.sleep = async (ms) => {
      clock.advance(ms)
      const piece = pieces.shift()
      if (piece !== undefined) appendFileSync(err, piece)
    }
    await package_.looks()
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    appendFileSync(err, '00')
    await package_.looks()
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    appendFileSync(err, 'not found')
    pieces = []
    await package_.looks()
    expect((await package_.order()).syncError?.message).toBe('Package rejected the file: Customer CUST0001 not found')
  })
})

describe('companion files find their order', () => {
  const cases: { pattern: string; name: string; belongs: boolean }[] = [
    { pattern: '{base}.err', name: '{base}.err', belongs: true },
    { pattern: '{base}.err', name: '{base}-1.err', belongs: false },
    { pattern: '{base}*.err', name: '{base}.kfi.err', belongs: true },
    { pattern: '{base}*.err', name: '{base}-2026.err', belongs: true },
    { pattern: '*{base}.err', name: 'KFI_{base}.err', belongs: true },
    { pattern: '*{id}.err', name: 'anything 7-{id}.err', belongs: true },
    { pattern: '*{id}*.err', name: 'a-{id}-b.err', belongs: true },
    { pattern: '{id}.err', name: 'x{id}.err', belongs: false },
    { pattern: '{base}.err', name: '{base}.ERR', belongs: true },
    { pattern: '{base}(1).err', name: '{base}(1).err', belongs: true },
    { pattern: '{base}.e+r', name: '{base}.eer', belongs: false },
  ]
  test.for(cases)('pattern $pattern, file $name: $belongs', async ({ pattern, name, belongs }) => {
    const companions: PickUpPolicy['companions'] = [{ pattern, verdict: 'rejected' }]
    const package_ = await PackageOffice.open('plain-pick-up', { companions })
    await package_.sent()
    await package_.writes(name, 'no')
    await package_.looks()
    expect(await package_.shows()).toBe(belongs ? 'rejected; Processing, failed' : 'dropped; Processing, sent')
  })

  test('names in other letter case are the same names', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent(1)
    await package_.sent(2)
    await package_.moves('Failure', 'no', { n: 1, as: (name) => name.toUpperCase() })
    await package_.moves('Success', undefined, { n: 2, as: (name) => name.toUpperCase() })
    await package_.looks()
    expect(await package_.shows(1)).toBe('rejected; Processing, failed')
    expect(await package_.shows(2)).toBe('accepted; Processing, confirmed')
  })

  test('a note decides nothing and goes on the timeline once', async () => {
    const package_ = await PackageOffice.open('plain-pick-up')
    await package_.sent()
    const name = await package_.writes('{base}.log', 'imported 3 lines')
    await package_.looks()
    await package_.looks()
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    const notes = (await package_.order()).timeline.filter(({ text }) => text.startsWith(name))
    expect(notes).toMatchObject([{ actor: PACKAGE, details: 'imported 3 lines' }])
  })

  test('an answer of another order’s file is not this one’s', async () => {
    const package_ = await PackageOffice.open('attache-unattended')
    await package_.sent(1)
    await package_.sent(2)
    await package_.moves('Failure', 'no', { n: 2 })
    writeFileSync(join(package_.drop, 'Failure', 'stranger.err'), 'not ours')
    await package_.looks()
    expect(await package_.shows(1)).toBe('dropped; Processing, sent')
    expect(await package_.shows(2)).toBe('rejected; Processing, failed')
  })
})

describe('no conclusion is drawn from a folder that is not there', () => {
  test.for(['attache-unattended', 'plain-pick-up'] as const)('%s: unreachable, and back', async (policy) => {
    const package_ = await PackageOffice.open(policy)
    await package_.sent()
    renameSync(package_.drop, `${package_.drop}-away`)
    for (let time = 0; time < 3; time++) await package_.looks(90)
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    renameSync(`${package_.drop}-away`, package_.drop)
    await package_.takes()
    await package_.looksUntilSure()
    expect(await package_.shows()).toMatch(policy === 'plain-pick-up' ? /^picked up/ : /^unknown/)
  })

  test.for(['attache-unattended', 'plain-pick-up'] as const)(
    '%s: an empty folder took its place, and Write Order uses it',
    async (policy) => {
      const package_ = await PackageOffice.open(policy)
      await package_.sent()
      renameSync(package_.drop, `${package_.drop}-away`)
      mkdirSync(package_.drop)
      await package_.looks(10)
      await package_.looks(10)
      expect(await package_.shows()).toBe('dropped; Processing, sent')
      // The new folder is used; of the old one's files nobody can say what became of them, so a person is asked.
      await package_.office.run('Write Order')
      await package_.looks(10)
      expect(await package_.shows()).toBe('unknown; Processing, needs review')
      expect((await package_.delivery()).evidence).toContain('The folder was replaced or emptied')
    },
  )
})
