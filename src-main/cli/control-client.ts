import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { RunRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { type Engine, FailureError } from '../engine/engine'
import { CONTROL_FILE, type ControlRequest, controlSchema } from '../engine-thread/control-server'

/** What the command line needs of an engine, its own or that of a running program. */
export type CommandEngine = Pick<Engine, 'workspaceFolder' | 'execute' | 'runTask' | 'stop'>

/** The engine of the program that has the workspace open; null where none can be reached. */
export async function runningEngine(workspaceFolder: string): Promise<CommandEngine | null> {
  const at = await addressOf(workspaceFolder)
  if (at === null) return null
  // Every caller may ask, but nobody waits for a program that is gone: whether it listens is known before the first request.
  if (!(await isListening(at.address))) return null
  const send = <T>(request: DistributiveOmit<ControlRequest, 'token'>) =>
    ask<T>(at.address, { ...request, token: at.token } as ControlRequest)
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
    // No program that could be asked has the workspace open; the caller says who has.
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
      else resolve({ ok: false, error: GONE })
    })
  })
}

const GONE: Failure = {
  code: 'program-gone',
  message: 'The running Ledgerdrop ended, or started afresh, before it answered.',
  remedy: 'Try again. What was under way is completed by itself, and no order is sent twice.',
}
