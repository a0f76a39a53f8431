import { resolve } from 'node:path'
import type { CommandOutput, DestinationRow, ParsedInput } from '../../../src-shared/contract/contract'
import { errorMessage, FailureError } from '../../../src-shared/failure'
import { defaultPolicy } from '../../../src-shared/profiles/pick-up-policy'
import { defaultProfileSettings, type ProfileName, type ProfileSettings, parseProfileSettings } from '../../../src-shared/profiles/profiles'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { findDestinationChange, insertDestinationChange, listDestinationChanges } from '../database/destination-changes-store'
import { findDestination, listDestinations, saveDestination, toDestinationRow } from '../database/settings-store'
import { publishSettings } from './publish-settings'
import { intakeFolders, refuseSharedFolder, workspaceFolders } from './shared-folder'

type Saved = CommandOutput<'settings.saveDestination'>
type StoredDestination = Omit<DestinationRow, 'trouble' | 'troubleSince'>

/** Adds or changes a destination; the change goes on record. Throws FailureError `name-taken`, `profile-invalid`, `destination-missing`, `folder-in-use`. */
export async function storeDestination(
  engine: EngineContext,
  input: ParsedInput<'settings.saveDestination'>,
  actor: string,
): Promise<Saved> {
  await refuseDrop(engine, input.folder)
  return engine.write(async (work) => {
    const all = await listDestinations(work.db)
    const known = all.find((one) => one.id === input.id)
    if (input.id !== undefined && known === undefined) throw destinationMissing()
    if (all.some((one) => one.name === input.name && one.id !== input.id)) throw nameTaken(input.name)
    const isOnly = all.length === 0 || (all.length === 1 && known !== undefined)
    const after: StoredDestination = {
      id: input.id ?? work.newId(),
      name: input.name,
      profile: input.profile,
      folder: resolve(input.folder),
      isDefault: input.isDefault || isOnly || known?.isDefault === true,
      policy: input.policy ?? known?.policy ?? defaultPolicy(input.profile),
      settings: settingsFor(input.profile, input.settings, known),
    }
    await saveOnRecord(work, known, after, actor, known === undefined ? 'Added' : describeChange(known, after))
    return publishSettings(work)
  })
}

/** Not inside a transaction: a folder on the network may take its time to answer. */
async function refuseDrop(engine: EngineContext, folder: string): Promise<void> {
  await refuseSharedFolder('folder', folder, 'drop', [...(await intakeFolders(engine.db)), ...workspaceFolders(engine.workspace.folder)])
}

function settingsFor(profile: ProfileName, given: unknown, known: DestinationRow | undefined): unknown {
  if (given !== undefined) return parseProfileSettings(isPlainObject(given) ? { ...given, profile } : given)
  return known?.profile === profile ? known.settings : defaultProfileSettings(profile)
}

/** Saving what is there already clears the destination's trouble, and is no change. */
async function saveOnRecord(
  work: Work,
  known: DestinationRow | undefined,
  after: StoredDestination,
  actor: string,
  summary: string,
): Promise<void> {
  await saveDestination(work.db, after)
  if (known !== undefined && summary === '') return
  const { isDefault: _isDefault, ...kept } = after
  const change = { id: work.newId(), destinationId: after.id, at: work.now(), actor, summary, after: JSON.stringify(kept) }
  await insertDestinationChange(work.db, change)
}

/** What changed, a line each; empty where nothing did. */
function describeChange(before: StoredDestination, after: StoredDestination): string {
  const lines: string[] = []
  const compare = (path: string, was: unknown, is: unknown): void => {
    if (JSON.stringify(was) === JSON.stringify(is)) return
    if (isPlainObject(was) && isPlainObject(is)) {
      for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) compare(path === '' ? key : `${path}.${key}`, was[key], is[key])
      return
    }
    if (Array.isArray(was) && Array.isArray(is)) compareLists(path, was, is)
    else lines.push(`${path}: ${shown(was)} became ${shown(is)}`)
  }
  const compareLists = (path: string, was: readonly unknown[], is: readonly unknown[]): void => {
    if (was.length === is.length) {
      for (const [index, item] of was.entries()) compare(`${path}.${index}`, item, is[index])
      return
    }
    // What came in or went out in one place is said as such; the rest of a longer or shorter list is as it was.
    const [longer, shorter] = was.length > is.length ? [was, is] : [is, was]
    const from = longer.findIndex((item, index) => JSON.stringify(item) !== JSON.stringify(shorter[index]))
    const to = from + longer.length - shorter.length
    if (JSON.stringify([...longer.slice(0, from), ...longer.slice(to)]) !== JSON.stringify(shorter)) {
      lines.push(`${path}: ${was.length} entries became ${is.length} others: ${shown(is)}`)
      return
    }
    for (let index = from; index < to; index += 1) {
      const item = shown(longer[index])
      lines.push(longer === is ? `${path}.${index}: (not there) became ${item}` : `${path}.${index}: ${item} became (not there)`)
    }
  }
  const { id: _before, ...from } = before
  const { id: _after, ...to } = after
  for (const key of ['name', 'profile', 'folder', 'policy', 'settings', 'isDefault'] as const) compare(key, from[key], to[key])
  return lines.join('\n')
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const LONGEST_SHOWN = 200

/** A field of a template or element list in a few words. */
function shownField(field: Record<string, unknown>): string {
  const { element } = field
  return element === undefined ? shownSource(field) : `${element} = ${shownSource(field)}`
}

function shownSource({ kind, text, keys, field }: Record<string, unknown>): string {
  if (kind === 'text') return text === '' ? 'empty' : `"${text}"`
  return kind === 'keys' && Array.isArray(keys) ? keys.join('') : `${field}`
}

function shown(value: unknown): string {
  if (value === undefined) return '(not set)'
  if (value === null) return '(none)'
  if (isPlainObject(value) && typeof value.kind === 'string') return shownField(value)
  const text = typeof value === 'string' ? value || '(empty)' : JSON.stringify(value)
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)} …`
}

/** A destination's changes, newest first. */
export async function destinationHistory(
  engine: EngineContext,
  destinationId: number,
): Promise<CommandOutput<'settings.destinationHistory'>> {
  return { changes: await listDestinationChanges(engine.db, destinationId) }
}

/** Goes back to how the destination was after a change. Its name stays where another has taken the old one. Throws FailureError `change-missing`, `folder-in-use`. */
export async function restoreDestination(engine: EngineContext, destinationId: number, changeId: number, actor: string): Promise<Saved> {
  const wanted = await findDestinationChange(engine.db, changeId)
  if (wanted?.destinationId === destinationId) await refuseDrop(engine, (JSON.parse(wanted.after) as StoredDestination).folder)
  return engine.write(async (work) => {
    const change = await findDestinationChange(work.db, changeId)
    const stored = await findDestination(work.db, destinationId)
    if (change?.destinationId !== destinationId || stored === undefined) throw changeMissing()
    const known = toDestinationRow(stored)
    const kept = JSON.parse(change.after) as Omit<StoredDestination, 'isDefault'>
    const isNameFree = !(await listDestinations(work.db)).some((one) => one.name === kept.name && one.id !== destinationId)
    const after: StoredDestination = {
      ...kept,
      name: isNameFree ? kept.name : known.name,
      isDefault: known.isDefault,
      settings: parseProfileSettings(kept.settings),
    }
    const what = describeChange(known, after)
    await saveOnRecord(work, known, after, actor, what === '' ? '' : `Back to the state of ${change.at}\n${what}`)
    return publishSettings(work)
  })
}

const PROFILE_FORMAT = 'ledgerdrop-profile'

/** A destination's format profile as a file for another site. Throws FailureError `destination-missing`. */
export async function exportProfile(engine: EngineContext, destinationId: number): Promise<CommandOutput<'settings.exportProfile'>> {
  const stored = await findDestination(engine.db, destinationId)
  if (stored === undefined) throw destinationMissing()
  const { name, settings } = toDestinationRow(stored)
  const stem =
    name
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
      .replaceAll(/^-|-$/g, '')
      .toLowerCase() || 'destination'
  const text = `${JSON.stringify({ format: PROFILE_FORMAT, version: 1, name, settings }, null, 2)}\n`
  return { fileName: `${stem}-profile.json`, text }
}

/** A format profile from such a file. Throws FailureError `profile-not-recognised`, `profile-invalid`. */
export function parseProfile(text: string): { settings: ProfileSettings } {
  let read: unknown
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw notAProfile(errorMessage(error))
  }
  if (!isPlainObject(read) || read.format !== PROFILE_FORMAT || read.version !== 1)
    throw notAProfile(`"format" must be "${PROFILE_FORMAT}" and "version" 1`)
  return { settings: parseProfileSettings(read.settings) }
}

function notAProfile(detail: string): FailureError {
  return new FailureError({
    code: 'profile-not-recognised',
    message: `This is not a format profile of Ledgerdrop: ${detail}.`,
    remedy: 'Choose a file that was made with Export Profile.',
  })
}

/** A failure for a destination that is not there. */
export function destinationMissing(): FailureError {
  return new FailureError({
    code: 'destination-missing',
    message: 'There is no such destination any more.',
    remedy: 'Open Sync Settings again.',
  })
}

function changeMissing(): FailureError {
  return new FailureError({
    code: 'change-missing',
    message: 'There is no such change of this destination.',
    remedy: 'Open its history again.',
  })
}

/** A failure for a name that another has. */
export function nameTaken(name: string): FailureError {
  return new FailureError({ code: 'name-taken', message: `The name ${name} is taken.`, remedy: 'Choose another name.', field: 'name' })
}
