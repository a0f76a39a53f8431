import { AsyncLocalStorage } from 'node:async_hooks'
import type { EventMessage } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { type NewProblem, type NewTimelineEntry, SYNC_ACTOR, type Work } from '../context/work'
import type { DatabaseTransaction, OpenDatabase } from '../database/open-database'
import { closeProblem, saveProblem } from '../database/problems-store'
import { insertTimeline } from '../database/timeline-store'
import { publishProblems } from '../problems/problems'
import { publishOrders } from './publish-orders'

/** Implements `engine.write`: runs `change` in one transaction, publishes its changes after the commit, and returns its result. */
export async function write<T>(engine: EngineContext, db: OpenDatabase, change: (work: Work) => Promise<T>): Promise<T> {
  const { work, result } = await db.transaction().execute(async (trx) => {
    const work = new OpenWork(engine, trx)
    return { work, result: await change(work) }
  })
  work.afterCommit()
  // The change is committed now, so it hasn't failed even if it can't be published.
  await work.publishAll().catch((error: unknown) => engine.log.error('A change could not be published', error))
  return result
}

/** The orders that the writes of the current `publishChangesOnce` have changed so far. */
const changedTogether = new AsyncLocalStorage<Set<number>>()

/** Implements `engine.publishChangesOnce`: publishes all orders changed by `writes` once, at the end, even if `writes` fails. */
export async function publishChangesOnce<T>(engine: EngineContext, writes: () => Promise<T>): Promise<T> {
  const changed = new Set<number>()
  try {
    return await changedTogether.run(changed, writes)
  } finally {
    await publishOrders(engine, [...changed]).catch((error: unknown) => engine.log.error('Changes could not be published', error))
  }
}

class OpenWork implements Work {
  private readonly changedOrders = new Set<number>()
  private readonly commitActions: (() => void)[] = []
  private readonly events: (() => void)[] = []
  private haveProblemsChanged = false

  constructor(
    private readonly engine: EngineContext,
    readonly db: DatabaseTransaction,
  ) {}

  get clock() {
    return this.engine.clock
  }

  get timeZone(): string {
    return this.engine.timeZone
  }

  now(): string {
    return this.engine.now()
  }

  newId(): number {
    return this.engine.newId()
  }

  async addToTimeline(entries: readonly NewTimelineEntry[]): Promise<void> {
    const common = { at: this.now(), actor: SYNC_ACTOR, details: '' }
    await insertTimeline(
      this.db,
      entries.map((entry) => ({ id: this.newId(), ...common, ...entry, changes: JSON.stringify(entry.changes ?? []) })),
    )
  }

  markOrderChanged(orderId: number): void {
    this.changedOrders.add(orderId)
  }

  async saveProblem(problem: NewProblem): Promise<void> {
    await saveProblem(this.db, { ...problem, at: this.now() })
    this.markProblemsChanged()
  }

  async closeProblem(key: string, reason: string, actor = SYNC_ACTOR): Promise<boolean> {
    const isClosed = await closeProblem(this.db, key, { at: this.now(), actor, reason })
    if (isClosed) this.markProblemsChanged()
    return isClosed
  }

  markProblemsChanged(): void {
    this.haveProblemsChanged = true
  }

  publish(...message: EventMessage): void {
    this.events.push(() => this.engine.publish(...message))
  }

  onCommit(action: () => void): void {
    this.commitActions.push(action)
  }

  afterCommit(): void {
    for (const action of this.commitActions) action()
  }

  async publishAll(): Promise<void> {
    for (const publish of this.events) publish()
    const group = changedTogether.getStore()
    if (group === undefined) await publishOrders(this.engine, [...this.changedOrders])
    else for (const orderId of this.changedOrders) group.add(orderId)
    if (this.haveProblemsChanged) await publishProblems(this.engine)
  }
}
