import { createEngine, FailureError, systemClock } from '../../src-main/engine/engine'
import type { CommandInput, CommandName, OrderRow, SyncTaskName } from '../../src-shared/contract/contract'
import { type CrashEngineOrders, EDITED, PERSON, REFUSED, SUPERSEDED } from './crash-engine-orders'
import { seededRandom } from './seeded-random'

/**
 * The real engine in a process of its own, working without a pause until it is killed: Read Orders, Write Order, Read Answers, and now and then
 * a person who edits an order, or holds one back and lets it go. Says the steps that it comes to, a letter each, so that the test knows where it died.
 */
const orders = JSON.parse(process.argv[2] ?? '') as CrashEngineOrders
const random = seededRandom(orders.seed)
/** Steps at which no transaction is open. */
const DECIDED_AT: ReadonlySet<string> = new Set([
  'claimed',
  'staged',
  'prepared',
  'renamed',
  'published',
  'settling',
  'settled',
  'withdrawn',
])
const caller = { actor: PERSON, role: 'administrator' } as const

try {
  const engine = await createEngine({
    workspaceFolder: orders.workspaceFolder,
    canCreate: false,
    version: '0.0.0-crash',
    clock: { ...systemClock, now: () => new Date(Date.now() + orders.clockOffsetMs) },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: (message, error) => console.error(message, error) },
    settleMs: 15,
    onStep: async (step) => {
      say(step)
      if (orders.isMeddling && DECIDED_AT.has(step) && random() < 0.2) await decide()
    },
  })
  say('open')
  const give = <Name extends CommandName>(name: Name, input: CommandInput<Name>) => engine.execute(name, input, caller)

  /** A person decides about one order while it is being written or recovered. */
  async function decide(): Promise<void> {
    const found = await give('orders.list', { filter: { syncState: 'waiting' }, limit: 20 })
    const rows = found.ok ? (found.value as { rows: OrderRow[] }).rows : []
    const row = rows[Math.floor(random() * rows.length)]
    if (row === undefined) return
    if (random() < 0.5)
      await give('orders.edit', {
        orderId: row.id,
        revision: row.revision,
        lineCodes: [{ line: 0, sku: `${EDITED}${Math.floor(random() * 1e4)}` }],
      })
    else await give('orders.changeStatus', { orderId: row.id, status: row.status === 'Pending' ? 'On Hold' : 'Pending' })
  }

  /** A run that cannot even be recorded (the disk is full) is tried again. */
  const run = (task: SyncTaskName) =>
    engine.runTask(task, { trigger: 'command line', actor: PERSON }).catch((error: unknown) => {
      // Another engine has taken over from this one, which stalled: there is nothing left to do.
      if (error instanceof FailureError && error.code === 'workspace-taken-over') process.exit(SUPERSEDED)
      say(`trouble ${String(error)}`)
    })

  /** A person at work: whatever is refused is refused. */
  const meddle = async () => {
    const found = await give('orders.list', { filter: { status: 'Pending' }, limit: 50 })
    const rows = found.ok ? (found.value as { rows: OrderRow[] }).rows : []
    for (const { id, revision } of rows) {
      const dice = random()
      if (dice < 0.1)
        await give('orders.edit', { orderId: id, revision, lineCodes: [{ line: 0, sku: `${EDITED}${Math.floor(random() * 1e4)}` }] })
      else if (dice < 0.2) {
        await give('orders.changeStatus', { orderId: id, status: 'On Hold' })
        say('on hold')
        if (dice < 0.15) await run('Write Order')
        await give('orders.changeStatus', { orderId: id, status: 'Pending' })
      }
    }
  }

  for (;;) {
    await meddle()
    for (const task of ['Read Orders', 'Write Order', 'Read Answers', 'Write Order'] as const) {
      say(task)
      await run(task)
    }
  }
} catch (error) {
  if (!(error instanceof FailureError)) throw error
  console.log(`refused ${error.code}`)
  process.exitCode = REFUSED
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
