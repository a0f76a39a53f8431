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

/** Tracks the engine's state, its health and its problems, and calls back on every change. */
export class HealthWatch {
  private lastHealth: Health | null = null
  private lastProblems: ProblemList = NO_PROBLEMS
  private listeners = new Set<() => void>()
  private problemListeners = new Set<() => void>()
  private hasBeenDown = false
  /** Problems name customers, so the window receives none while nobody is signed in. */
  private canWindowSeeOrders = false
  private readonly engine: EngineThread
  private readonly window: MainWindow

  constructor(engine: EngineThread, window: MainWindow) {
    this.engine = engine
    this.window = window
    engine.onState((state) => this.follow(state))
    engine.onEvent(({ message: [name, event], isForWindow }) => {
      this.canWindowSeeOrders = name === 'session.changed' ? canSeeOrders(event) : isForWindow
      if (name === 'health.changed') this.setHealth(event)
      if (name === 'problems.changed') this.setProblems(event)
    })
  }

  /** The health that the engine last reported; null before the first report. */
  get health(): Health | null {
    return this.lastHealth
  }

  /** The problems that the engine last reported. */
  get problems(): readonly ProblemRow[] {
    return this.lastProblems.problems
  }

  /** False while nobody is signed in, because problems name customers. */
  get canShowNames(): boolean {
    return this.canWindowSeeOrders
  }

  /** Calls back whenever the engine reports its problems. */
  onProblems(listener: () => void): void {
    this.problemListeners.add(listener)
  }

  /** Calls back after every change of the engine's state or health. */
  onChange(listener: () => void): void {
    this.listeners.add(listener)
  }

  private follow(state: EngineState): void {
    if (state.kind === 'restarting' || state.kind === 'failed') this.publishEngineFailure(state)
    if (state.kind === 'ready') void this.refresh()
    this.notifyListeners()
  }

  /**
   * Publishes the engine's failure to the window as a problem, because the window can't query an engine that has
   * stopped.
   */
  private publishEngineFailure({ failure }: { failure: ProblemRow['failure'] }): void {
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

  /** Queries what was missed while there was no engine, and publishes it in place of the engine's failure. */
  private async refresh(): Promise<void> {
    const [session, status, problems] = await Promise.all([
      this.engine.invokeForWindow('session.get', {}),
      runCommand(this.engine, 'sync.status', {}),
      runCommand(this.engine, 'sync.problems', {}),
    ])
    // The engine's answers are typed by the contract that both sides are compiled against.
    this.canWindowSeeOrders = session.ok && canSeeOrders(session.value as SessionRow)
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
    if (this.canWindowSeeOrders) this.window.sendEvent(...message)
  }

  private setProblems(problems: ProblemList): void {
    this.lastProblems = problems
    for (const listener of this.problemListeners) listener()
  }

  private setHealth(health: Health): void {
    this.lastHealth = health
    this.notifyListeners()
  }

  private notifyListeners(): void {
    for (const listener of this.listeners) listener()
  }
}

function canSeeOrders({ state }: SessionRow): boolean {
  return state === 'open' || state === 'signed in'
}
