import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { RunRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { type Engine, FailureError } from '../engine/engine'
import { CONTROL_FILE, type ControlRequest, controlSchema } from '../engine-thread/control-server'

/** The parts of an engine that the command line uses, whether the engine is its own or that of a running program. */
export type CommandEngine = Pick<Engine, 'workspaceFolder' | 'execute' | 'runTask' | 'stop'>

/**
 * Connects to the engine of the program that has the workspace open. Returns null if no such program can be reached.
 */
export async function runningEngine(workspaceFolder: string): Promise<CommandEngine | null> {
  const control = await addressOf(workspaceFolder)
  if (control === null) return null
  // Checked before the first request, so that no caller waits for a program that has ended.
  if (!(await isListening(control.address))) return null
  const send = <T>(request: DistributiveOmit<ControlRequest, 'token'>) =>
    ask<T>(control.address, { ...request, token: control.token } as ControlRequest)
  return {
    workspaceFolder,
    execute: (name, input, { actor }) => send<unknown>({ kind: 'command', name, input, actor }),
    runTask: async (task, { actor }) => {
      const result = await send<RunRow>({ kind: 'run', task, actor })
      if (!result.ok) throw new FailureError(result.error)
      return result.value
    },
    stop: async () => {},
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

async function addressOf(workspaceFolder: string): Promise<{ address: string; token: string } | null> {
  try {
    return controlSchema.parse(JSON.parse(await readFile(join(workspaceFolder, CONTROL_FILE), 'utf8')))
  } catch {
    // No program publishes a valid address here. The caller then reports that the workspace is locked.
    return null
  }
}

function isListening(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

function ask<T>(address: string, request: ControlRequest): Promise<Result<T>> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(address, () => socket.write(`${JSON.stringify(request)}\n`))
    socket.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      const end = text.indexOf('\n')
      // The engine's answers are typed by the contract that both sides are compiled against.
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as Result<T>)
      else resolve({ ok: false, error: PROGRAM_GONE })
    })
  })
}

const PROGRAM_GONE: Failure = {
  code: 'program-gone',
  message: 'The running Ledgerdrop ended or restarted before it answered.',
  remedy: 'Try again. Unfinished work is completed automatically, and no order is sent twice.',
}
