import { join } from 'node:path'
import { version } from '../../package.json'
import { type SyncTaskName, WHOLE_SYNC } from '../../src-shared/contract/contract'
import { examine, FailureError, systemClock } from '../engine/engine'
import { call, runTasks, statusOf, withEngine } from './cli-engine'
import { DONE, print, type Shared, SOME_FAILED, wholePath } from './cli-output'
import { decisionText, doctorText, runsText } from './cli-text'
import { runningEngine } from './control-client'
import { readSecret } from './read-secret'

/** `sync`: runs all sync tasks, or one. Gives the exit status. */
export function sync(options: Shared & { task?: SyncTaskName }): Promise<number> {
  return withEngine(options, async (engine) => {
    const done = await runTasks(engine, options.task === undefined ? WHOLE_SYNC : [options.task])
    print(options, { runs: done }, runsText(done))
    return statusOf(done)
  })
}

/** `runs`: run history. */
export function runs(options: Shared): Promise<void> {
  return withEngine(options, async (engine) => {
    const history = await call(engine, 'sync.history', { limit: 500 })
    print(options, history, runsText(history.runs))
  })
}

/** `doctor`: checks everything that support would ask for. Gives the exit status. */
export async function doctor(options: Shared): Promise<number> {
  const workspaceFolder = wholePath(options.workspace)
  const isProgramAnswering = async () => (await runningEngine(workspaceFolder)) !== null
  const findings = await examine({ workspaceFolder, version, now: systemClock.now(), isProgramAnswering })
  print(options, { findings }, doctorText(findings))
  return findings.every((finding) => finding.isWell) ? DONE : SOME_FAILED
}

/** What `support-bundle` takes. */
export interface BundleOptions {
  order: string
  text: string
  withPersonalData: boolean
}

/** `support-bundle`: saves what support needs as a zip. */
export function supportBundle({ order: orderNumber, text, withPersonalData, ...options }: Shared & BundleOptions): Promise<void> {
  return withEngine(options, async (engine) => {
    const bundle = await call(engine, 'support.makeBundle', { orderNumber, text, withPersonalData })
    print(options, bundle, join(bundle.folder, bundle.fileName))
  })
}

/** `continue-here` and `this-is-a-copy`: which copy of a workspace is the real one. */
export function decideOwner(command: 'workspace.continueHere' | 'workspace.thisIsACopy', options: Shared): Promise<void> {
  return withEngine(options, async (engine) => {
    const decision = await call(engine, command, {})
    print(options, decision, decisionText(command, decision))
  })
}

/** `staff set-password`: reads the new one from standard input. */
export function setStaffPassword(name: string, options: Shared): Promise<void> {
  return withEngine(options, async (engine) => {
    const { members } = await call(engine, 'staff.list', {})
    const member = members.find((one) => one.name.toLowerCase() === name.trim().toLowerCase())
    if (member === undefined) {
      const known = members.map((one) => one.name).join(', ')
      throw new FailureError({
        code: 'staff-missing',
        message: `There is no staff member ${name}.`,
        remedy: known === '' ? 'Nobody has to sign in: start Ledgerdrop.' : `There are: ${known}.`,
      })
    }
    const password = await readSecret(`New password for ${member.name}: `)
    await call(engine, 'staff.setPassword', { id: member.id, password })
    print(options, { name: member.name }, `${member.name} has a new password. Start Ledgerdrop and sign in.`)
  })
}
