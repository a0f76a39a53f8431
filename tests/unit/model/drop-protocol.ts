/**
 * The drop protocol (docs/exactly-once.md) as a state machine: one order, up to three engine starts that may all be alive (because the lock was lost), a
 * person who cancels the order once, one crash, and a package that takes every file it sees. A stalled engine is one whose next step comes late.
 */

/** Which rules of the protocol apply. A control test turns one off. */
export interface Rules {
  /** Each start stages files in its own folder, and takes over the files of earlier starts. */
  hasEpochFolders: boolean
  /** Every transaction checks that no later start exists. */
  hasFence: boolean
}

type FileLocation = 'none' | 'final' | 'taken' | `staged ${number}` | `withdrawn ${number}`
type Row = 'none' | 'prepared' | 'dropped' | 'withdrawn' | 'unknown'
type Outcome = 'published' | 'withdrawn' | 'unknown'
type Step =
  | 'list earlier'
  | 'take over'
  | 'remove earlier'
  | 'read prepared'
  | 'read order'
  | 'settle'
  | 'check after settle'
  | 'conclude settled'
  | 'read known'
  | 'list strays'
  | 'delete stray'
  | 'claim'
  | 'stage'
  | 'commit prepared'
  | 'unstage'
  | 'publish'
  | 'check after publish'
  | 'conclude published'
  | 'discard'
  | 'ended'

/** A start of an engine: its next step, and the state that it keeps in memory. */
interface Leader {
  epoch: number
  step: Step
  /** Files that the current phase still has to process. */
  todo: number[]
  known: number[]
  isWanted: boolean
  outcome: Outcome
  /** The step after `discard`. */
  afterDiscard: Step
}

/** Everything on disk and every running engine. A file has the number of the start that staged it; each start stages at most one. */
interface World {
  epoch: number
  status: 'Pending' | 'Cancelled' | 'Processing'
  sync: 'waiting' | 'sent' | 'review'
  rows: Row[]
  locations: FileLocation[]
  /** Epoch folders up to this one have been removed. */
  removedEpoch: number
  leaders: Leader[]
  canCrash: boolean
  canCancel: boolean
}

const MAX_STARTS = 3

/** The result of an exploration. */
export interface ExplorationResult {
  states: number
  /** The first violation, with the steps that lead to it; null if there is none. */
  violation: { message: string; path: string[] } | null
}

/** Explores every interleaving of the steps, and stops at the first violation. */
export function explore(rules: Rules): ExplorationResult {
  const start: World = {
    epoch: 0,
    status: 'Pending',
    sync: 'waiting',
    rows: Array<Row>(MAX_STARTS + 2).fill('none'),
    locations: Array<FileLocation>(MAX_STARTS + 2).fill('none'),
    removedEpoch: 0,
    leaders: [],
    canCrash: true,
    canCancel: true,
  }
  const seen = new Map<string, { from: string; by: string } | null>([[JSON.stringify(start), null]])
  const open = [JSON.stringify(start)]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const world = JSON.parse(key) as World
    const message = violationIn(world, rules)
    if (message !== null) return { states: seen.size, violation: { message, path: pathTo(key, seen) } }
    for (const [by, next] of successors(world, rules)) {
      const nextKey = JSON.stringify(next)
      if (seen.has(nextKey)) continue
      seen.set(nextKey, { from: key, by })
      open.push(nextKey)
    }
  }
  return { states: seen.size, violation: null }
}

function pathTo(key: string, seen: ReadonlyMap<string, { from: string; by: string } | null>): string[] {
  const path: string[] = []
  for (let at = seen.get(key) ?? null; at !== null; at = seen.get(at.from) ?? null) path.push(at.by)
  return path.reverse()
}

function successors(world: World, rules: Rules): [string, World][] {
  const next: [string, World][] = []
  const addSuccessor = (by: string, change: (copy: World) => void) => {
    const copy = copyOf(world)
    change(copy)
    next.push([by, copy])
  }
  if (world.epoch < MAX_STARTS) addSuccessor(`start ${world.epoch + 1}`, (copy) => begin(copy, rules))
  if (world.canCancel && world.status === 'Pending') {
    addSuccessor('person cancels', (copy) => {
      copy.canCancel = false
      copy.status = 'Cancelled'
    })
  }
  for (const [file, location] of world.locations.entries()) {
    if (location === 'final') {
      addSuccessor(`package takes ${file}`, (copy) => {
        copy.locations[file] = 'taken'
      })
    }
  }
  for (const [index, { epoch, step }] of world.leaders.entries()) {
    if (step === 'ended') continue
    addSuccessor(`${epoch}: ${step}`, (copy) => act(copy, copy.leaders[index] as Leader, rules))
    if (world.canCrash) {
      addSuccessor(`${epoch} dies`, (copy) => {
        copy.canCrash = false
        end(copy.leaders[index] as Leader)
      })
    }
  }
  return next
}

function copyOf(world: World): World {
  const leaders = world.leaders.map((leader) => ({ ...leader, todo: [...leader.todo], known: [...leader.known] }))
  return { ...world, rows: [...world.rows], locations: [...world.locations], leaders }
}

function begin(world: World, rules: Rules): void {
  world.epoch += 1
  const step = rules.hasEpochFolders ? 'list earlier' : 'read prepared'
  world.leaders.push({ epoch: world.epoch, step, todo: [], known: [], isWanted: false, outcome: 'unknown', afterDiscard: 'ended' })
}

function end(leader: Leader): void {
  Object.assign(leader, {
    step: 'ended',
    todo: [],
    known: [],
    isWanted: false,
    outcome: 'unknown',
    afterDiscard: 'ended',
  } satisfies Partial<Leader>)
}

/** One step of a start: one call to the file system, or one transaction. */
function act(world: World, engine: Leader, rules: Rules): void {
  const { rows, locations } = world
  const folder = rules.hasEpochFolders ? engine.epoch : 0
  const staged = `staged ${folder}` as const
  const withdrawn = `withdrawn ${folder}` as const
  const isFenced = rules.hasFence && world.epoch !== engine.epoch
  const [file = 0] = engine.todo
  switch (engine.step) {
    case 'list earlier':
      engine.todo = locations.flatMap((location, index) => (isEarlier(location, engine.epoch) ? [index] : []))
      engine.step = engine.todo.length > 0 ? 'take over' : 'remove earlier'
      return
    case 'take over':
      if (isEarlier(locations[file] as FileLocation, engine.epoch))
        locations[file] = locations[file]?.startsWith('staged') ? staged : withdrawn
      engine.todo.shift()
      if (engine.todo.length === 0) engine.step = 'remove earlier'
      return
    case 'remove earlier':
      // If another start has added a file to a folder in the meantime, list the files again.
      if (locations.some((location) => isEarlier(location, engine.epoch))) engine.step = 'list earlier'
      else {
        world.removedEpoch = Math.max(world.removedEpoch, engine.epoch - 1)
        engine.step = 'read prepared'
      }
      return
    case 'read prepared':
      engine.todo = rows.flatMap((row, index) => (row === 'prepared' ? [index] : []))
      engine.step = engine.todo.length > 0 ? 'read order' : 'read known'
      return
    case 'read order':
      engine.isWanted = isWaiting(world) && locations[file] !== withdrawn
      engine.step = 'settle'
      return
    case 'settle':
      if (locations[file] === staged) {
        locations[file] = engine.isWanted ? 'final' : withdrawn
        engine.outcome = engine.isWanted ? 'published' : 'withdrawn'
        engine.step = 'conclude settled'
      } else engine.step = 'check after settle'
      return
    case 'check after settle':
      if (locations[file] === staged) {
        end(engine)
        return
      }
      engine.outcome = locations[file] === withdrawn ? 'withdrawn' : 'published'
      engine.step = 'conclude settled'
      return
    case 'conclude settled':
      if (isFenced) {
        end(engine)
        return
      }
      conclude(world, file, engine.outcome)
      engine.afterDiscard = engine.todo.length > 1 ? 'read order' : 'read known'
      if (engine.outcome === 'withdrawn') engine.step = 'discard'
      else advance(engine)
      return
    case 'discard':
      if (locations[file] === withdrawn) locations[file] = 'none'
      advance(engine)
      return
    case 'read known':
      engine.known = rows.flatMap((row, index) => (row === 'prepared' ? [index] : []))
      engine.step = 'list strays'
      return
    case 'list strays':
      engine.todo = locations.flatMap((location, index) =>
        (location === staged || location === withdrawn) && !engine.known.includes(index) ? [index] : [],
      )
      engine.known = []
      engine.step = engine.todo.length > 0 ? 'delete stray' : 'claim'
      return
    case 'delete stray':
      if (locations[file] === staged || locations[file] === withdrawn) locations[file] = 'none'
      engine.todo.shift()
      if (engine.todo.length === 0) engine.step = 'claim'
      return
    case 'claim':
      if (isFenced || !isWaiting(world) || rows.includes('prepared')) {
        end(engine)
        return
      }
      engine.step = 'stage'
      return
    case 'stage':
      if (rules.hasEpochFolders && engine.epoch <= world.removedEpoch) {
        end(engine)
        return
      }
      locations[engine.epoch] = staged
      engine.todo = [engine.epoch]
      engine.step = 'commit prepared'
      return
    case 'commit prepared':
      if (isFenced || !isWaiting(world) || rows.includes('prepared')) {
        engine.step = 'unstage'
        return
      }
      rows[file] = 'prepared'
      engine.step = 'publish'
      return
    case 'unstage':
      if (locations[file] === staged) locations[file] = 'none'
      end(engine)
      return
    case 'publish':
      if (locations[file] === staged) {
        locations[file] = 'final'
        engine.outcome = 'published'
        engine.step = 'conclude published'
      } else engine.step = 'check after publish'
      return
    case 'check after publish':
      if (locations[file] === staged) {
        end(engine)
        return
      }
      engine.outcome = locations[file] === withdrawn ? 'withdrawn' : locations[file] === 'final' ? 'published' : 'unknown'
      engine.step = 'conclude published'
      return
    case 'conclude published':
      if (isFenced) {
        end(engine)
        return
      }
      conclude(world, file, engine.outcome)
      end(engine)
      return
    case 'ended':
      return
  }
}

function advance(engine: Leader): void {
  engine.todo.shift()
  engine.step = engine.afterDiscard
  engine.afterDiscard = 'ended'
  engine.outcome = 'unknown'
  engine.isWanted = false
}

function isEarlier(location: FileLocation, epoch: number): boolean {
  const fileEpoch = Number(/^(?:staged|withdrawn) (\d+)$/.exec(location)?.[1] ?? Number.NaN)
  return fileEpoch < epoch
}

function isWaiting({ status, sync }: World): boolean {
  return status === 'Pending' && sync === 'waiting'
}

/** Records an outcome in one transaction, which also reads the order. A delivery gets only one outcome. */
function conclude(world: World, file: number, outcome: Outcome): void {
  if (world.rows[file] !== 'prepared') return
  world.rows[file] = outcome === 'published' ? 'dropped' : outcome
  if (outcome === 'withdrawn') return
  const isSent = outcome === 'published' && isWaiting(world)
  world.sync = isSent ? 'sent' : 'review'
  if (world.status === 'Pending') world.status = 'Processing'
}

/** Describes the violation in a world, or returns null. When all engines have ended, one more start runs undisturbed and recovers what is left. */
function violationIn(world: World, rules: Rules): string | null {
  const published = world.locations.filter((location) => location === 'final' || location === 'taken').length
  if (published > 1) return 'double: two files of one order were published'
  if (world.leaders.some(({ step }) => step !== 'ended')) return null
  const last = copyOf(world)
  begin(last, rules)
  const engine = last.leaders.at(-1) as Leader
  while (engine.step !== 'ended') act(last, engine, rules)
  const total = last.locations.filter((location) => location === 'final' || location === 'taken').length
  if (total > 1) return 'double: the next start published the order once more'
  if (last.rows.includes('prepared')) return 'unsettled: a delivery has no outcome'
  if (last.sync === 'sent' && total === 0) return 'lost: the order counts as sent, but no file was ever published'
  if (last.status === 'Pending') return 'lost: the order is waiting, but the next start did not write it'
  if (last.status === 'Cancelled' && total === 1 && last.sync !== 'review')
    return 'wrong state: cancelled and published, but not marked for review'
  return null
}
