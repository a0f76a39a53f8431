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
  profiles: () => ({
    inputs: mutated(PROFILE_NAMES.map(profileFile)),
    give: (text) => checkThrown(() => parseProfile(text as string)),
    hard: bombs().map(({ name, text }) => ({ name, input: text })),
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

/** A real backup with some of its bytes changed, or cut: what a broken disk, or somebody who wants to be restored, makes of it. */
async function backupTarget(): Promise<FuzzTarget> {
  const { engine, folder, answerOf, close } = await fuzzEngine()
  await engine.runTask('Back Up', { trigger: 'command line', actor: 'Fuzz' })
  const listed = await engine.execute('backups.list', {}, CALLER)
  const backup = listed.ok ? (listed.value as BackupSettings).backups[0] : undefined
  if (backup === undefined) throw new Error('no backup was made')
  const good = readFileSync(backup.file)
  const file = join(folder, 'ledgerdrop-2026-01-01T00-00-00-000Z.db')
  const changes = fc.array(fc.tuple(fc.oneof(fc.nat(200), fc.nat(good.length - 1)), fc.nat(255)), { minLength: 1, maxLength: 30 })
  return {
    inputs: fc.tuple(changes, fc.option(fc.nat(good.length), { freq: 5 })),
    give: async (given) => {
      const [changed, end] = given as [[number, number][], number | null]
      const bytes = Buffer.from(good.subarray(0, end ?? good.length))
      for (const [at, value] of changed) if (at < bytes.length) bytes[at] = value
      writeFileSync(file, bytes)
      await answerOf('backups.preview', { file }, 'administrator')
    },
    hard: [],
    close,
  }
}

/** Commands that reach beyond the computer, or wait for a person's long work. Their input is checked by the same dispatcher. */
const LEFT_OUT: readonly string[] = ['mail.sendTest', 'updates.look']

const CALLER = { actor: 'Fuzz', role: 'administrator' } as const

/** An engine with sample orders, and what its commands answer, checked. */
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
    answerOf: async (name: string, input: unknown, role: Role) => {
      const answer = await engine.execute(name, input, { actor: 'Fuzz', role })
      if (answer?.ok === false && answer.error.code === 'internal-error') throw fault
      if (answer?.ok === false) checkFailure(answer.error)
      else if (answer?.ok !== true) throw new Error(`no envelope: ${String(answer)}`)
    },
    close: async () => {
      await engine.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function commandTarget(): Promise<FuzzTarget> {
  const { engine, folder, answerOf, close } = await fuzzEngine()
  const folders = ['one', 'two', 'three'].map((name) => join(folder, 'folders', name))
  for (const one of folders) mkdirSync(one, { recursive: true })
  const paths = [...folders, join(folder, 'folders', 'list.csv')]
  // The test runners' own folder comes and goes with other tests.
  const namesHere = () =>
    readdirSync(process.cwd())
      .filter((name) => name !== 'test-results')
      .join('\n')
  const here = namesHere()
  const listed = await engine.execute('orders.list', {}, CALLER)
  const settings = await engine.execute('settings.get', {}, CALLER)
  if (!listed.ok || !settings.ok) throw new Error('the engine does not answer')
  const { rows } = listed.value as { rows: OrderRow[] }
  const { sources, destinations } = settings.value as { sources: { id: number }[]; destinations: { id: number }[] }
  const ids = [...rows, ...sources, ...destinations].map(({ id }) => id)
  const names = (Object.keys(COMMANDS) as CommandName[]).filter((name) => !LEFT_OUT.includes(name))
  return {
    inputs: givenCommands(names, ids, paths),
    give: async (given) => {
      const { name, input, role } = given as { name: string; input: unknown; role: Role }
      await answerOf(name, input, role)
      if (namesHere() !== here) throw new Error('something was left in the current folder')
    },
    hard: [],
    close,
  }
}
