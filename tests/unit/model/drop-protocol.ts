/**
 * The drop protocol (docs/exactly-once.md) as a state machine: one order, up to three starts of an engine that may all be alive (their lock was lost), a
 * person who cancels the order once, one crash, and a package that takes what it sees. An engine that stalls is one whose next step comes late.
 */

/** What of the protocol is left out, as a control. */
export interface Rules {
  /** Each start stages in a folder of its own, and takes over from the ones before. */
  hasEpochFolders: boolean
  /** Every transaction is compared with the number of the last start. */
  hasFence: boolean
}

type Place = 'none' | 'final' | 'taken' | `staged ${number}` | `withdrawn ${number}`
type Row = 'none' | 'prepared' | 'dropped' | 'withdrawn' | 'unknown'
type Outcome = 'published' | 'withdrawn' | 'unknown'
type Step =
  | 'list earlier'
  | 'take over'
  | 'remove earlier'
  | 'read prepared'
  | 'read order'
  | 'settle'
  | 'look after settle'
  | 'conclude settled'
  | 'read known'
  | 'list strays'
  | 'delete stray'
  | 'claim'
  | 'stage'
  | 'commit prepared'
  | 'unstage'
  | 'publish'
  | 'look after publish'
  | 'conclude published'
  | 'discard'
  | 'ended'

/** One start of an engine: where it is, and what it remembers. */
interface Leader {
  epoch: number
  step: Step
  /** Files still to be dealt with in this part. */
  todo: number[]
  known: number[]
  isWanted: boolean
  outcome: Outcome
  /** The step after `discard`. */
  afterDiscard: Step
}

/** Everything that is on disk or alive. Files are numbered by the start that staged them; each stages one at most. */
interface World {
  epoch: number
  status: 'Pending' | 'Cancelled' | 'Processing'
  sync: 'waiting' | 'sent' | 'review'
  rows: Row[]
  places: Place[]
  /** Epoch folders up to this one are removed. */
  removedEpoch: number
  leaders: Leader[]
  canCrash: boolean
  canCancel: boolean
}

const MAX_STARTS = 3

/** What an exploration has found. */
export interface Explored {
  states: number
  /** The first violation, with the steps that lead to it; null if there is none. */
  violation: { what: string; path: string[] } | null
}

/** Goes through every interleaving. */
export function explore(rules: Rules): Explored {
  const start: World = {
    epoch: 0,
    status: 'Pending',
    sync: 'waiting',
    rows: Array<Row>(MAX_STARTS + 2).fill('none'),
    places: Array<Place>(MAX_STARTS + 2).fill('none'),
    removedEpoch: 0,
    leaders: [],
    canCrash: true,
    canCancel: true,
  }
  const seen = new Map<string, { from: string; by: string } | null>([[JSON.stringify(start), null]])
  const open = [JSON.stringify(start)]
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const world = JSON.parse(key) as World
    const what = wrongIn(world, rules)
    if (what !== null) return { states: seen.size, violation: { what, path: pathTo(key, seen) } }
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
  const after = (by: string, change: (copy: World) => void) => {
    const copy = copyOf(world)
    change(copy)
    next.push([by, copy])
  }
  if (world.epoch < MAX_STARTS) after(`start ${world.epoch + 1}`, (copy) => begin(copy, rules))
  if (world.canCancel && world.status === 'Pending') {
    after('person cancels', (copy) => {
      copy.canCancel = false
      copy.status = 'Cancelled'
    })
  }
  for (const [file, place] of world.places.entries()) {
    if (place === 'final') {
      after(`package takes ${file}`, (copy) => {
        copy.places[file] = 'taken'
      })
    }
  }
  for (const [index, { epoch, step }] of world.leaders.entries()) {
    if (step === 'ended') continue
    after(`${epoch}: ${step}`, (copy) => act(copy, copy.leaders[index] as Leader, rules))
    if (world.canCrash) {
      after(`${epoch} dies`, (copy) => {
        copy.canCrash = false
        end(copy.leaders[index] as Leader)
      })
    }
  }
  return next
}

function copyOf(world: World): World {
  const leaders = world.leaders.map((leader) => ({ ...leader, todo: [...leader.todo], known: [...leader.known] }))
  return { ...world, rows: [...world.rows], places: [...world.places], leaders }
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
function act(world: World, me: Leader, rules: Rules): void {
  const { rows, places } = world
  const folder = rules.hasEpochFolders ? me.epoch : 0
  const staged = `staged ${folder}` as const
  const withdrawn = `withdrawn ${folder}` as const
  const isFenced = rules.hasFence && world.epoch !== me.epoch
  const [file = 0] = me.todo
  switch (me.step) {
    case 'list earlier':
      me.todo = places.flatMap((place, one) => (isEarlier(place, me.epoch) ? [one] : []))
      me.step = me.todo.length > 0 ? 'take over' : 'remove earlier'
      return
    case 'take over':
      if (isEarlier(places[file] as Place, me.epoch)) places[file] = places[file]?.startsWith('staged') ? staged : withdrawn
      me.todo.shift()
      if (me.todo.length === 0) me.step = 'remove earlier'
      return
    case 'remove earlier':
      // A folder that somebody has put something into meanwhile is looked at again.
      if (places.some((place) => isEarlier(place, me.epoch))) me.step = 'list earlier'
      else {
        world.removedEpoch = Math.max(world.removedEpoch, me.epoch - 1)
        me.step = 'read prepared'
      }
      return
    case 'read prepared':
      me.todo = rows.flatMap((row, one) => (row === 'prepared' ? [one] : []))
      me.step = me.todo.length > 0 ? 'read order' : 'read known'
      return
    case 'read order':
      me.isWanted = isWaiting(world) && places[file] !== withdrawn
      me.step = 'settle'
      return
    case 'settle':
      if (places[file] === staged) {
        places[file] = me.isWanted ? 'final' : withdrawn
        me.outcome = me.isWanted ? 'published' : 'withdrawn'
        me.step = 'conclude settled'
      } else me.step = 'look after settle'
      return
    case 'look after settle':
      if (places[file] === staged) {
        end(me)
        return
      }
      me.outcome = places[file] === withdrawn ? 'withdrawn' : 'published'
      me.step = 'conclude settled'
      return
    case 'conclude settled':
      if (isFenced) {
        end(me)
        return
      }
      conclude(world, file, me.outcome)
      me.afterDiscard = me.todo.length > 1 ? 'read order' : 'read known'
      if (me.outcome === 'withdrawn') me.step = 'discard'
      else next(me)
      return
    case 'discard':
      if (places[file] === withdrawn) places[file] = 'none'
      next(me)
      return
    case 'read known':
      me.known = rows.flatMap((row, one) => (row === 'prepared' ? [one] : []))
      me.step = 'list strays'
      return
    case 'list strays':
      me.todo = places.flatMap((place, one) => ((place === staged || place === withdrawn) && !me.known.includes(one) ? [one] : []))
      me.known = []
      me.step = me.todo.length > 0 ? 'delete stray' : 'claim'
      return
    case 'delete stray':
      if (places[file] === staged || places[file] === withdrawn) places[file] = 'none'
      me.todo.shift()
      if (me.todo.length === 0) me.step = 'claim'
      return
    case 'claim':
      if (isFenced || !isWaiting(world) || rows.includes('prepared')) {
        end(me)
        return
      }
      me.step = 'stage'
      return
    case 'stage':
      if (rules.hasEpochFolders && me.epoch <= world.removedEpoch) {
        end(me)
        return
      }
      places[me.epoch] = staged
      me.todo = [me.epoch]
      me.step = 'commit prepared'
      return
    case 'commit prepared':
      if (isFenced || !isWaiting(world) || rows.includes('prepared')) {
        me.step = 'unstage'
        return
      }
      rows[file] = 'prepared'
      me.step = 'publish'
      return
    case 'unstage':
      if (places[file] === staged) places[file] = 'none'
      end(me)
      return
    case 'publish':
      if (places[file] === staged) {
        places[file] = 'final'
        me.outcome = 'published'
        me.step = 'conclude published'
      } else me.step = 'look after publish'
      return
    case 'look after publish':
      if (places[file] === staged) {
        end(me)
        return
      }
      me.outcome = places[file] === withdrawn ? 'withdrawn' : places[file] === 'final' ? 'published' : 'unknown'
      me.step = 'conclude published'
      return
    case 'conclude published':
      if (isFenced) {
        end(me)
        return
      }
      conclude(world, file, me.outcome)
      end(me)
      return
    case 'ended':
      return
  }
}

function next(me: Leader): void {
  me.todo.shift()
  me.step = me.afterDiscard
  me.afterDiscard = 'ended'
  me.outcome = 'unknown'
  me.isWanted = false
}

function isEarlier(place: Place, epoch: number): boolean {
  const of = Number(/^(?:staged|withdrawn) (\d+)$/.exec(place)?.[1] ?? Number.NaN)
  return of < epoch
}

function isWaiting({ status, sync }: World): boolean {
  return status === 'Pending' && sync === 'waiting'
}

/** One write per outcome: the order is read in the transaction that changes it, and a delivery gets one outcome. */
function conclude(world: World, file: number, outcome: Outcome): void {
  if (world.rows[file] !== 'prepared') return
  world.rows[file] = outcome === 'published' ? 'dropped' : outcome
  if (outcome === 'withdrawn') return
  const isSent = outcome === 'published' && isWaiting(world)
  world.sync = isSent ? 'sent' : 'review'
  if (world.status === 'Pending') world.status = 'Processing'
}

/** What is wrong once everybody has come to an end and one more start has looked after what was left, undisturbed; null if nothing is. */
function wrongIn(world: World, rules: Rules): string | null {
  const published = world.places.filter((place) => place === 'final' || place === 'taken').length
  if (published > 1) return 'double: two files of one order were published'
  if (world.leaders.some(({ step }) => step !== 'ended')) return null
  const last = copyOf(world)
  begin(last, rules)
  const me = last.leaders.at(-1) as Leader
  while (me.step !== 'ended') act(last, me, rules)
  const total = last.places.filter((place) => place === 'final' || place === 'taken').length
  if (total > 1) return 'double: the next start published the order once more'
  if (last.rows.includes('prepared')) return 'unsettled: a delivery has no outcome'
  if (last.sync === 'sent' && total === 0) return 'lost: the order counts as sent, but no file was ever published'
  if (last.status === 'Pending') return 'lost: the order waits, but the next start did not write it'
  if (last.status === 'Cancelled' && total === 1 && last.sync !== 'review') return 'wrong state: cancelled, published, and nobody is told'
  return null
}
