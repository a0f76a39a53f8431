import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type fc from 'fast-check'
import { decodeText } from '../../src-main/engine/delivery/decode-text'
import { createEngine, systemClock } from '../../src-main/engine/engine'
import { readAnswerDocument } from '../../src-main/engine/importers/answer-document'
import { importCodes } from '../../src-main/engine/importers/code-list-importer'
import { importOrders } from '../../src-main/engine/importers/import-orders'
import { COMMANDS, type CommandName, type OrderRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { applyFieldList } from '../../src-shared/field-list'
import { defaultProfileSettings } from '../../src-shared/profiles'
import { givenCommands } from './command-input'
import { bombs, orderDocuments } from './documents'
import { damaged, mutated } from './mutate'

/** Something that takes what comes from outside. `give` throws where the answer is not one that a person could act on. */
export interface FuzzTarget {
  inputs: fc.Arbitrary<unknown>
  give(input: unknown): unknown
  /** Inputs made to be slow; tried before the others. */
  hard: { name: string; input: unknown }[]
  close?(): Promise<void>
}

/** Every way by which something from outside gets in. */
export const FUZZ_TARGETS: Readonly<Record<string, () => FuzzTarget | Promise<FuzzTarget>>> = {
  orders: () => reader((bytes) => checkImported(importOrders(bytes, 'file'))),
  'customer codes': () => reader((bytes) => checkImported(importCodes(bytes, 'customer', 'file'))),
  'product codes': () => reader((bytes) => checkImported(importCodes(bytes, 'product', 'file'))),
  answers: () => reader((bytes) => checkAnswer(readAnswerDocument(bytes))),
  'answer texts': () => reader((bytes) => decodeText(bytes)),
  'field lists': () => ({
    inputs: mutated(orderDocuments()),
    give: (text) => {
      applyFieldList(defaultProfileSettings('attache-xmlkfi'), text as string)
      applyFieldList(defaultProfileSettings('attache-kfi'), text as string)
    },
    hard: bombs().map(({ name, text }) => ({ name, input: text })),
  }),
  commands: commandTarget,
}

function reader(give: (bytes: Uint8Array) => unknown): FuzzTarget {
  return {
    inputs: damaged(orderDocuments()),
    give: (bytes) => give(bytes as Uint8Array),
    hard: bombs().map(({ name, text }) => ({ name, input: Buffer.from(text) })),
  }
}

function checkFailure({ code, message, remedy }: Omit<Failure, 'remedy'> & { remedy?: string }): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)) throw new Error(`not a code: ${code}`)
  if (code === 'internal-error' || code === 'importer-fault') throw new Error(`${code}: ${message}`)
  if (message === '' || message.length > 20_000 || remedy === '')
    throw new Error(`nothing that a person can act on: ${code}: ${message.slice(0, 200)}`)
}

function checkImported(imported: { ok: true } | { ok: false; failure: Failure; fault?: unknown }): void {
  if (imported.ok) return
  if (imported.fault !== undefined) throw imported.fault
  checkFailure(imported.failure)
}

function checkAnswer(answer: ReturnType<typeof readAnswerDocument>): void {
  if (answer.kind === 'unreadable') checkFailure(answer)
}

/** Commands that reach beyond the computer, or wait for a person's long work. Their input is checked by the same dispatcher. */
const LEFT_OUT: readonly string[] = ['mail.sendTest']

async function commandTarget(): Promise<FuzzTarget> {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-fuzz-'))
  const folders = ['one', 'two', 'three'].map((name) => join(folder, 'folders', name))
  for (const one of folders) mkdirSync(one, { recursive: true })
  const paths = [...folders, join(folder, 'folders', 'list.csv')]
  const here = readdirSync(process.cwd()).join('\n')
  let fault: unknown
  const engine = await createEngine({
    workspaceFolder: join(folder, 'workspace'),
    canCreate: true,
    version: '0.0.0-fuzz',
    clock: systemClock,
    log: {
      debug: () => {},
      info: () => {},
      warn: () => {},
      error: (_message, error) => {
        fault = error
      },
    },
    settleMs: 0,
  })
  await engine.addSamples({ withFailing: true })
  for (const task of ['Read Orders', 'Write Order'] as const) await engine.runTask(task, { trigger: 'command line', actor: 'Fuzz' })
  const caller = { actor: 'Fuzz', role: 'administrator' } as const
  const listed = await engine.execute('orders.list', {}, caller)
  const settings = await engine.execute('settings.get', {}, caller)
  if (!listed.ok || !settings.ok) throw new Error('the engine does not answer')
  const { rows } = listed.value as { rows: OrderRow[] }
  const { sources, destinations } = settings.value as { sources: { id: number }[]; destinations: { id: number }[] }
  const ids = [...rows, ...sources, ...destinations].map(({ id }) => id)
  const names = (Object.keys(COMMANDS) as CommandName[]).filter((name) => !LEFT_OUT.includes(name))
  return {
    inputs: givenCommands(names, ids, paths),
    give: async (given) => {
      const { name, input, role } = given as { name: string; input: unknown; role: 'viewer' }
      const answer = await engine.execute(name, input, { actor: 'Fuzz', role })
      if (answer?.ok === false && answer.error.code === 'internal-error') throw fault
      if (answer?.ok === false) checkFailure(answer.error)
      else if (answer?.ok !== true) throw new Error(`no envelope: ${String(answer)}`)
      if (readdirSync(process.cwd()).join('\n') !== here) throw new Error('something was left in the current folder')
    },
    hard: [],
    close: async () => {
      await engine.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
