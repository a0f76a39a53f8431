import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { createEngine, systemClock } from '../../src-main/engine/engine'
import { decodeText } from '../../src-main/engine/files/decode-text'
import { readAnswerDocument } from '../../src-main/engine/importers/answers/answer-document'
import { importCodes } from '../../src-main/engine/importers/code-list/code-list-importer'
import { importOrders } from '../../src-main/engine/importers/import-orders'
import { parseProfile } from '../../src-main/engine/settings/destinations'
import { type BackupSettings, COMMANDS, type CommandName, type OrderRow, type Role } from '../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../src-shared/failure'
import { applyFieldList } from '../../src-shared/profiles/field-list'
import { defaultProfileSettings, PROFILE_NAMES, type ProfileName } from '../../src-shared/profiles/profiles'
import { arbitraryCommands } from './command-input'
import { bombs, orderDocuments } from './documents'
import { damaged, mutated } from './mutate'

/** Something that accepts input from outside. `run` throws if the answer isn't one that a person could act on. */
export interface FuzzTarget {
  inputs: fc.Arbitrary<unknown>
  run(input: unknown): unknown
  /** Inputs that are designed to be slow. They are tried first. */
  slowInputs: { name: string; input: unknown }[]
  close?(): Promise<void>
}

/** Every way in which input from outside reaches the program. */
export const FUZZ_TARGETS: Readonly<Record<string, () => FuzzTarget | Promise<FuzzTarget>>> = {
  orders: () => bytesTarget((bytes) => checkImported(importOrders(bytes, 'file'))),
  'customer codes': () => bytesTarget((bytes) => checkImported(importCodes(bytes, 'customer', 'file'))),
  'product codes': () => bytesTarget((bytes) => checkImported(importCodes(bytes, 'product', 'file'))),
  answers: () => bytesTarget((bytes) => checkAnswer(readAnswerDocument(bytes))),
  'answer texts': () => bytesTarget((bytes) => decodeText(bytes)),
  'field lists': () => ({
    inputs: mutated(orderDocuments()),
    run: (text) => {
      applyFieldList(defaultProfileSettings('attache-xmlkfi'), text as string)
      applyFieldList(defaultProfileSettings('attache-kfi'), text as string)
    },
    slowInputs: bombs().map(({ name, text }) => ({ name, input: text })),
  }),
  profiles: () => ({
    inputs: mutated(PROFILE_NAMES.map(profileFile)),
    run: (text) => checkThrown(() => parseProfile(text as string)),
    slowInputs: bombs().map(({ name, text }) => ({ name, input: text })),
  }),
  backups: backupTarget,
  commands: commandTarget,
}

function profileFile(profile: ProfileName): string {
  return JSON.stringify({ format: 'ledgerdrop-profile', version: 1, name: profile, settings: defaultProfileSettings(profile) }, null, 2)
}

function checkThrown(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    checkFailure(error)
  }
}

function bytesTarget(read: (bytes: Uint8Array) => unknown): FuzzTarget {
  return {
    inputs: damaged(orderDocuments()),
    run: (bytes) => read(bytes as Uint8Array),
    slowInputs: bombs().map(({ name, text }) => ({ name, input: Buffer.from(text) })),
  }
}

function checkFailure({ code, message, remedy }: Omit<Failure, 'remedy'> & { remedy?: string }): void {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)) throw new Error(`not a failure code: ${code}`)
  if (code === 'internal-error' || code === 'importer-fault') throw new Error(`${code}: ${message}`)
  if (message === '' || message.length > 20_000 || remedy === '')
    throw new Error(`not a failure that a person can act on: ${code}: ${message.slice(0, 200)}`)
}

function checkImported(imported: { ok: true } | { ok: false; failure: Failure; fault?: unknown }): void {
  if (imported.ok) return
  if (imported.fault !== undefined) throw imported.fault
  checkFailure(imported.failure)
}

function checkAnswer(answer: ReturnType<typeof readAnswerDocument>): void {
  if (answer.kind === 'unreadable') checkFailure(answer)
}

/** Previews a real backup that is truncated or has changed bytes, as after a disk error or tampering. */
async function backupTarget(): Promise<FuzzTarget> {
  const { engine, folder, checkCommand, close } = await fuzzEngine()
  await engine.runTask('Back Up', { trigger: 'command line', actor: 'Fuzz' })
  const listed = await engine.execute('backups.list', {}, CALLER)
  const backup = listed.ok ? (listed.value as BackupSettings).backups[0] : undefined
  if (backup === undefined) throw new Error('No backup was made.')
  const original = readFileSync(backup.file)
  const file = join(folder, 'ledgerdrop-2026-01-01T00-00-00-000Z.db')
  const changes = fc.array(fc.tuple(fc.oneof(fc.nat(200), fc.nat(original.length - 1)), fc.nat(255)), { minLength: 1, maxLength: 30 })
  return {
    inputs: fc.tuple(changes, fc.option(fc.nat(original.length), { freq: 5 })),
    run: async (input) => {
      const [changed, end] = input as [[number, number][], number | null]
      const bytes = Buffer.from(original.subarray(0, end ?? original.length))
      for (const [offset, value] of changed) if (offset < bytes.length) bytes[offset] = value
      writeFileSync(file, bytes)
      await checkCommand('backups.preview', { file }, 'administrator')
    },
    slowInputs: [],
    close,
  }
}

/**
 * Commands that aren't fuzzed because they use the network. The dispatcher checks their input like that of the others.
 */
const EXCLUDED: readonly string[] = ['mail.sendTest', 'updates.look']

const CALLER = { actor: 'Fuzz', role: 'administrator' } as const

/**
 * Opens an engine with sample orders. `checkCommand` runs a command and throws unless it returns a value or a proper
 * failure.
 */
async function fuzzEngine() {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-fuzz-'))
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
  return {
    engine,
    folder,
    checkCommand: async (name: string, input: unknown, role: Role) => {
      const result = await engine.execute(name, input, { actor: 'Fuzz', role })
      if (result?.ok === false && result.error.code === 'internal-error') throw fault
      if (result?.ok === false) checkFailure(result.error)
      else if (result?.ok !== true) throw new Error(`not a result envelope: ${String(result)}`)
    },
    close: async () => {
      await engine.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function commandTarget(): Promise<FuzzTarget> {
  const { engine, folder, checkCommand, close } = await fuzzEngine()
  const folders = ['one', 'two', 'three'].map((name) => join(folder, 'folders', name))
  for (const path of folders) mkdirSync(path, { recursive: true })
  const paths = [...folders, join(folder, 'folders', 'list.csv')]
  // Other tests create and remove the test-results folder.
  const currentNames = () =>
    readdirSync(process.cwd())
      .filter((name) => name !== 'test-results')
      .join('\n')
  const initialNames = currentNames()
  const listed = await engine.execute('orders.list', {}, CALLER)
  const settings = await engine.execute('settings.get', {}, CALLER)
  if (!listed.ok || !settings.ok) throw new Error('The engine does not answer.')
  const { rows } = listed.value as { rows: OrderRow[] }
  const { sources, destinations } = settings.value as { sources: { id: number }[]; destinations: { id: number }[] }
  const ids = [...rows, ...sources, ...destinations].map(({ id }) => id)
  const names = (Object.keys(COMMANDS) as CommandName[]).filter((name) => !EXCLUDED.includes(name))
  return {
    inputs: arbitraryCommands(names, ids, paths),
    run: async (fuzzCommand) => {
      const { name, input, role } = fuzzCommand as { name: string; input: unknown; role: Role }
      await checkCommand(name, input, role)
      if (currentNames() !== initialNames) throw new Error('A file was left in the current directory.')
    },
    slowInputs: [],
    close,
  }
}
