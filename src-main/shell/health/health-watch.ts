import {
  type EventMessage,
  type Health,
  PROBLEM_KINDS,
  type ProblemList,
  type ProblemRow,
  type SessionRow,
} from '../../../src-shared/contract/contract'
import type { EngineState, EngineThread } from '../../engine-thread/engine-thread'
import type { MainWindow } from '../window/main-window'
import { runCommand } from './commands'

const ENGINE_PROBLEM_KEY = 'engine-thread'
const NO_PROBLEMS: ProblemList = {
  problems: [],
  counts: Object.fromEntries(PROBLEM_KINDS.map((kind) => [kind, 0])) as ProblemList['counts'],
}

/** Follows how the engine and the orders are, and calls back with every change. */
export class HealthWatch {
  private lastHealth: Health | null = null
  private lastProblems: ProblemList = NO_PROBLEMS
  private listeners = new Set<() => void>()
  private problemListeners = new Set<() => void>()
  private hasBeenDown = false
  /** Problems name customers: a window at which nobody is signed in hears of none. */
  private canWindowHear = false
  private readonly engine: EngineThread
  private readonly window: MainWindow

  constructor(engine: EngineThread, window: MainWindow) {
    this.engine = engine
    this.window = window
    engine.onState((state) => this.follow(state))
    engine.onEvent(({ message: [name, event], isForWindow }) => {
      this.canWindowHear = name === 'session.changed' ? isOpen(event) : isForWindow
      if (name === 'health.changed') this.setHealth(event)
      if (name === 'problems.changed') this.setProblems(event)
    })
  }

  /** What the engine last said of itself; null before it said anything. */
  get health(): Health | null {
    return this.lastHealth
  }

  /** Everything that needs a person, as the engine last told. */
  get problems(): readonly ProblemRow[] {
    return this.lastProblems.problems
  }

  /** False while nobody is signed in: problems name customers. */
  get canName(): boolean {
    return this.canWindowHear
  }

  /** Calls back whenever the engine tells what needs a person. */
  onProblems(listener: () => void): void {
    this.problemListeners.add(listener)
  }

  /** Calls back after every change of the engine's state or health. */
  onChange(listener: () => void): void {
    this.listeners.add(listener)
  }

  private follow(state: EngineState): void {
    if (state.kind === 'restarting' || state.kind === 'failed') this.tellOfTrouble(state)
    if (state.kind === 'ready') void this.catchUp()
    this.changed()
  }

  /** The window hears of a stopped engine the way it hears of every problem, and need not ask. */
  private tellOfTrouble({ failure }: { failure: ProblemRow['failure'] }): void {
    this.hasBeenDown = true
    const row: ProblemRow = {
      key: ENGINE_PROBLEM_KEY,
      kind: 'sync',
      at: new Date().toISOString(),
      title: 'Sync has stopped',
      failure,
      actions: [],
      orderId: null,
      folder: null,
    }
    const { problems, counts } = this.lastProblems
    this.send('problems.changed', { problems: [row, ...problems], counts: { ...counts, sync: counts.sync + 1 } })
    if (this.lastHealth === null) return
    this.send('health.changed', { ...this.lastHealth, isSyncing: false, problemCount: this.lastHealth.problemCount + 1 })
  }

  /** Fetches what was missed while there was no engine, and shows it in place of the trouble. */
  private async catchUp(): Promise<void> {
    const [session, status, problems] = await Promise.all([
      this.engine.invokeForWindow('session.get', {}),
      runCommand(this.engine, 'sync.status', {}),
      runCommand(this.engine, 'sync.problems', {}),
    ])
    // The engine's answers are typed by the contract that both sides are compiled against.
    this.canWindowHear = session.ok && isOpen(session.value as SessionRow)
    if (status !== null) this.setHealth(status.health)
    if (problems !== null) this.setProblems(problems)
    if (!this.hasBeenDown) return
    this.hasBeenDown = false
    if (status !== null) {
      this.send('health.changed', status.health)
      this.send('tasks.changed', { tasks: status.tasks })
    }
    if (problems !== null) this.send('problems.changed', problems)
  }

  private send(...message: EventMessage): void {
    if (this.canWindowHear) this.window.sendEvent(...message)
  }

  private setProblems(problems: ProblemList): void {
    this.lastProblems = problems
    for (const listener of this.problemListeners) listener()
  }

  private setHealth(health: Health): void {
    this.lastHealth = health
    this.changed()
  }

  private changed(): void {
    for (const listener of this.listeners) listener()
  }
}

function isOpen({ state }: SessionRow): boolean {
  return state === 'open' || state === 'signed in'
}
