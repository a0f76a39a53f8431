import { createEngine, FailureError, systemClock } from '../../src-main/engine/engine'
import type { CommandInput, CommandName, OrderRow, SyncTaskName } from '../../src-shared/contract/contract'
import { type CrashEngineOptions, EDITED_CODE_PREFIX, PERSON, REFUSED, SUPERSEDED } from './crash-engine-options'
import { seededRandom } from './seeded-random'

/**
 * Runs the real engine in its own process until it is killed. Repeats Read Orders, Write Order and Read Answers without
 * a pause. Between runs, edits orders, or puts them on hold and releases them, as a person would. Prints each step on
 * its own line, so that the test knows where the engine was killed.
 */
const options = JSON.parse(process.argv[2] ?? '') as CrashEngineOptions
const random = seededRandom(options.seed)
/** Steps at which no transaction is open. */
const STEPS_WITHOUT_TRANSACTION: ReadonlySet<string> = new Set([
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
    workspaceFolder: options.workspaceFolder,
    canCreate: false,
    version: '0.0.0-crash',
    clock: { ...systemClock, now: () => new Date(Date.now() + options.clockOffsetMs) },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: (message, error) => console.error(message, error) },
    settleMs: 15,
    onStep: async (step) => {
      printLine(step)
      if (options.hasEditsDuringRuns && STEPS_WITHOUT_TRANSACTION.has(step) && random() < 0.2) await changeOneOrder()
    },
  })
  printLine('open')
  const execute = <Name extends CommandName>(name: Name, input: CommandInput<Name>) => engine.execute(name, input, caller)

  /** Edits, holds or releases one order, as a person might while it is being written or recovered. */
  async function changeOneOrder(): Promise<void> {
    const found = await execute('orders.list', { filter: { syncState: 'waiting' }, limit: 20 })
    const rows = found.ok ? (found.value as { rows: OrderRow[] }).rows : []
    const row = rows[Math.floor(random() * rows.length)]
    if (row === undefined) return
    if (random() < 0.5)
      await execute('orders.edit', {
        orderId: row.id,
        revision: row.revision,
        lineCodes: [{ line: 0, sku: `${EDITED_CODE_PREFIX}${Math.floor(random() * 1e4)}` }],
      })
    else await execute('orders.changeStatus', { orderId: row.id, status: row.status === 'Pending' ? 'On Hold' : 'Pending' })
  }

  /** Runs a task. If the disk is so full that the run can't even be recorded, the next round tries again. */
  const run = (task: SyncTaskName) =>
    engine.runTask(task, { trigger: 'command line', actor: PERSON }).catch((error: unknown) => {
      // This engine stalled and another has taken over: there is nothing left to do.
      if (error instanceof FailureError && error.code === 'workspace-taken-over') process.exit(SUPERSEDED)
      printLine(`failed: ${String(error)}`)
    })

  /** Edits orders and puts them on hold, as a person might between runs. Ignores refusals. */
  const changeOrders = async () => {
    const found = await execute('orders.list', { filter: { status: 'Pending' }, limit: 50 })
    const rows = found.ok ? (found.value as { rows: OrderRow[] }).rows : []
    for (const { id, revision } of rows) {
      const roll = random()
      if (roll < 0.1)
        await execute('orders.edit', {
          orderId: id,
          revision,
          lineCodes: [{ line: 0, sku: `${EDITED_CODE_PREFIX}${Math.floor(random() * 1e4)}` }],
        })
      else if (roll < 0.2) {
        await execute('orders.changeStatus', { orderId: id, status: 'On Hold' })
        printLine('on hold')
        if (roll < 0.15) await run('Write Order')
        await execute('orders.changeStatus', { orderId: id, status: 'Pending' })
      }
    }
  }

  for (;;) {
    await changeOrders()
    for (const task of ['Read Orders', 'Write Order', 'Read Answers', 'Write Order'] as const) {
      printLine(task)
      await run(task)
    }
  }
} catch (error) {
  if (!(error instanceof FailureError)) throw error
  console.log(`refused ${error.code}`)
  process.exitCode = REFUSED
}

function printLine(text: string): void {
  process.stdout.write(`${text}\n`)
}
