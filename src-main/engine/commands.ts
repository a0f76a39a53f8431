import { resolve } from 'node:path'
import type { CommandOutput, DestinationRow, ParsedInput } from '../../src-shared/contract'
import { SYNC_TASKS } from '../../src-shared/contract'
import { FailureError } from '../../src-shared/failure'
import { defaultPolicy } from '../../src-shared/pick-up-policy'
import { defaultProfileSettings, type ProfileName, parseProfileSettings } from '../../src-shared/profiles'
import type { EngineContext } from './context'
import { findOrderIdByNumber, listOrders } from './database/orders-store'
import { closeProblem } from './database/problems-store'
import { listRuns } from './database/runs-store'
import { listDestinations, listSources, saveDestination, saveSource } from './database/settings-store'
import type { Handlers } from './dispatcher'
import { changeStatus } from './orders/change-status'
import { editOrder } from './orders/edit-order'
import { markImported } from './orders/mark-imported'
import { missing, orderDetails } from './orders/order-details'
import { sentFile } from './orders/sent-file'
import { listProblems, publishProblems } from './settings/problems'
import { publishSettings, syncSettings } from './settings/publish-settings'
import type { SyncRunner } from './sync/sync-runner'

/** Every command of the contract, ready for the dispatcher. */
export function createHandlers(engine: EngineContext, runner: SyncRunner, version: string): Handlers {
  /** What a person changed may have ended or begun a problem. */
  const tellAfter = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work
    await publishProblems(engine)
    await runner.tellHealth()
    return value
  }
  return {
    'orders.list': ({ filter, after, limit }) => listOrders(engine.db, filter, after, limit),
    'orders.get': ({ orderId }) => orderDetails(engine, orderId),
    'orders.find': async ({ number }) => {
      const id = await findOrderIdByNumber(engine.db, number)
      if (id === undefined) throw missing()
      return orderDetails(engine, id)
    },
    'orders.changeStatus': (input, { actor }) => tellAfter(changeStatus(engine, input, actor)),
    'orders.edit': (input, { actor }) => editOrder(engine, input, actor),
    'orders.markImported': (input, { actor }) => tellAfter(markImported(engine, input, actor)),
    'orders.sentFile': ({ deliveryId }) => sentFile(engine, deliveryId),
    'sync.status': async () => ({ tasks: await runner.tasks(), health: await runner.health() }),
    'sync.runNow': async ({ task }, { actor }) => {
      await runner.ask(task === undefined ? SYNC_TASKS : [task], { trigger: 'Sync Now', actor })
      return { tasks: await runner.tasks() }
    },
    'sync.setSchedule': async ({ task, everyMinutes }) => {
      await runner.setSchedule(task, everyMinutes)
      return { tasks: await runner.tasks() }
    },
    'sync.setPaused': async ({ task, isPaused }) => {
      await runner.setPaused(task === undefined ? SYNC_TASKS : [task], isPaused)
      return { tasks: await runner.tasks() }
    },
    'sync.history': async ({ task, before, limit }) => ({ runs: await listRuns(engine.db, task, before, limit) }),
    'sync.problems': async () => ({ problems: await listProblems(engine) }),
    'sync.dismissProblem': ({ key, reason }, { actor }) => tellAfter(dismissProblem(engine, key, reason, actor)),
    'settings.get': () => syncSettings(engine),
    'settings.saveDestination': (input) => tellAfter(storeDestination(engine, input)),
    'settings.saveSource': (input) => storeSource(engine, input),
    'app.about': async () => {
      const { folder, archiveFolder, logFolder } = engine.workspace
      return { version, workspace: folder, archiveFolder, logFolder }
    },
  }
}

async function dismissProblem(
  engine: EngineContext,
  key: string,
  reason: string,
  actor: string,
): Promise<CommandOutput<'sync.dismissProblem'>> {
  if (await closeProblem(engine.db, key, { at: engine.now(), actor, reason })) return { problems: await listProblems(engine) }
  throw new FailureError({
    code: 'problem-not-dismissable',
    message: 'This problem cannot be dismissed, or it is gone already.',
    remedy: 'Solve its cause: it leaves the list by itself then.',
  })
}

/** Adds or changes a destination. Throws FailureError `name-taken`, `profile-invalid`, `destination-missing`. */
export async function storeDestination(
  engine: EngineContext,
  input: ParsedInput<'settings.saveDestination'>,
): Promise<CommandOutput<'settings.saveDestination'>> {
  await engine.db.transaction().execute(async (trx) => {
    const all = await listDestinations(trx)
    const known = all.find((one) => one.id === input.id)
    if (input.id !== undefined && known === undefined) throw gone('destination')
    if (all.some((one) => one.name === input.name && one.id !== input.id)) throw nameTaken(input.name)
    const isOnly = all.length === 0 || (all.length === 1 && known !== undefined)
    await saveDestination(trx, {
      id: input.id ?? engine.newId(),
      name: input.name,
      profile: input.profile,
      folder: resolve(input.folder),
      isDefault: input.isDefault || isOnly || known?.isDefault === true,
      policy: input.policy ?? known?.policy ?? defaultPolicy(input.profile),
      settings: settingsFor(input.profile, input.settings, known),
    })
  })
  await publishSettings(engine)
  return syncSettings(engine)
}

function settingsFor(profile: ProfileName, given: unknown, known: DestinationRow | undefined): unknown {
  if (given !== undefined) return parseProfileSettings(typeof given === 'object' ? { ...given, profile } : given)
  return known?.profile === profile ? known.settings : defaultProfileSettings(profile)
}

/** Adds or changes a source. Throws FailureError `name-taken`, `source-missing`, `destination-missing`. */
export async function storeSource(
  engine: EngineContext,
  input: ParsedInput<'settings.saveSource'>,
): Promise<CommandOutput<'settings.saveSource'>> {
  await engine.db.transaction().execute(async (trx) => {
    const all = await listSources(trx)
    if (input.id !== undefined && !all.some((one) => one.id === input.id)) throw gone('source')
    if (all.some((one) => one.name === input.name && one.id !== input.id)) throw nameTaken(input.name)
    if (!(await listDestinations(trx)).some((one) => one.id === input.destinationId)) throw gone('destination')
    await saveSource(trx, { ...input, id: input.id ?? engine.newId(), folder: resolve(input.folder) })
  })
  await publishSettings(engine)
  return syncSettings(engine)
}

function gone(what: 'source' | 'destination'): FailureError {
  return new FailureError({ code: `${what}-missing`, message: `There is no such ${what} any more.`, remedy: 'Open Sync Settings again.' })
}

function nameTaken(name: string): FailureError {
  return new FailureError({ code: 'name-taken', message: `The name ${name} is taken.`, remedy: 'Choose another name.' })
}
