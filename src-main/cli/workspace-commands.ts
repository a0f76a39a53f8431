import { join } from 'node:path'
import { version } from '../../package.json'
import { type SyncTaskName, WHOLE_SYNC } from '../../src-shared/contract/contract'
import { examine, FailureError, systemClock } from '../engine/engine'
import { call, exitStatusOf, runTasks, withEngine } from './cli-engine'
import { absolutePath, DONE, print, type SharedOptions, SOME_FAILED } from './cli-output'
import { decisionText, doctorText, runsText } from './cli-text'
import { runningEngine } from './control-client'
import { readSecret } from './read-secret'

/** `sync`: runs all sync tasks, or one of them. Returns the exit status. */
export function sync(options: SharedOptions & { task?: SyncTaskName }): Promise<number> {
  return withEngine(options, async (engine) => {
    const finished = await runTasks(engine, options.task === undefined ? WHOLE_SYNC : [options.task])
    print(options, { runs: finished }, runsText(finished))
    return exitStatusOf(finished)
  })
}

/** `runs`: lists the history of runs. */
export function runs(options: SharedOptions): Promise<void> {
  return withEngine(options, async (engine) => {
    const history = await call(engine, 'sync.history', { limit: 500 })
    print(options, history, runsText(history.runs))
  })
}

/** `doctor`: checks everything that support would ask for. Returns the exit status. */
export async function doctor(options: SharedOptions): Promise<number> {
  const workspaceFolder = absolutePath(options.workspace)
  const isProgramAnswering = async () => (await runningEngine(workspaceFolder)) !== null
  const findings = await examine({ workspaceFolder, version, now: systemClock.now(), isProgramAnswering })
  print(options, { findings }, doctorText(findings))
  return findings.every((finding) => finding.isOk) ? DONE : SOME_FAILED
}

/** The options of `support-bundle`. */
export interface BundleOptions {
  order: string
  text: string
  withPersonalData: boolean
}

/** `support-bundle`: saves what support needs as a zip. */
export function supportBundle({ order: orderNumber, text, withPersonalData, ...options }: SharedOptions & BundleOptions): Promise<void> {
  return withEngine(options, async (engine) => {
    const bundle = await call(engine, 'support.makeBundle', { orderNumber, text, withPersonalData })
    print(options, bundle, join(bundle.folder, bundle.fileName))
  })
}

/** `continue-here` and `this-is-a-copy`: decides which copy of a workspace is the real one. */
export function decideOwner(command: 'workspace.continueHere' | 'workspace.thisIsACopy', options: SharedOptions): Promise<void> {
  return withEngine(options, async (engine) => {
    const decision = await call(engine, command, {})
    print(options, decision, decisionText(command, decision))
  })
}

/** `staff set-password`: sets a staff member's password, read from standard input. */
export function setStaffPassword(name: string, options: SharedOptions): Promise<void> {
  return withEngine(options, async (engine) => {
    const { members } = await call(engine, 'staff.list', {})
    const member = members.find((candidate) => candidate.name.toLowerCase() === name.trim().toLowerCase())
    if (member === undefined) {
      const known = members.map((existing) => existing.name).join(', ')
      throw new FailureError({
        code: 'staff-missing',
        message: `There is no staff member named ${name}.`,
        remedy:
          known === '' ? 'There are no staff members, so nobody has to sign in. Start Ledgerdrop.' : `The staff members are: ${known}.`,
      })
    }
    const password = await readSecret(`New password for ${member.name}: `)
    await call(engine, 'staff.setPassword', { id: member.id, password })
    print(options, { name: member.name }, `The password of ${member.name} was changed. Start Ledgerdrop and sign in.`)
  })
}
