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
type StoredDestination = Omit<DestinationRow, 'failure' | 'failingSince'>

/**
 * Adds or changes a destination and records the change. Throws FailureError `name-taken`, `profile-invalid`, `destination-missing`, `folder-in-use`.
 */
export async function storeDestination(
  engine: EngineContext,
  input: ParsedInput<'settings.saveDestination'>,
  actor: string,
): Promise<Saved> {
  await refuseSharedDropFolder(engine, input.folder)
  return engine.write(async (work) => {
    const all = await listDestinations(work.db)
    const known = all.find((destination) => destination.id === input.id)
    if (input.id !== undefined && known === undefined) throw destinationMissing()
    if (all.some((destination) => destination.name === input.name && destination.id !== input.id)) throw nameTaken(input.name)
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
    await saveWithHistory(work, known, after, actor, known === undefined ? 'Added' : describeChange(known, after))
    return publishSettings(work)
  })
}

/** Refuses a drop folder that is used for something else. Call it outside a transaction, because a network folder may be slow to respond. */
async function refuseSharedDropFolder(engine: EngineContext, folder: string): Promise<void> {
  await refuseSharedFolder('folder', folder, 'drop', [...(await intakeFolders(engine.db)), ...workspaceFolders(engine.workspace.folder)])
}

function settingsFor(profile: ProfileName, given: unknown, known: DestinationRow | undefined): unknown {
  if (given !== undefined) return parseProfileSettings(isPlainObject(given) ? { ...given, profile } : given)
  return known?.profile === profile ? known.settings : defaultProfileSettings(profile)
}

/** Saves a destination and records the change. Saving without changes only clears the destination's failure. */
async function saveWithHistory(
  work: Work,
  known: DestinationRow | undefined,
  after: StoredDestination,
  actor: string,
  summary: string,
): Promise<void> {
  await saveDestination(work.db, after)
  if (known !== undefined && summary === '') return
  const { isDefault: _isDefault, ...recorded } = after
  const change = { id: work.newId(), destinationId: after.id, at: work.now(), actor, summary, after: JSON.stringify(recorded) }
  await insertDestinationChange(work.db, change)
}

/** Describes what changed, one change per line; empty if nothing did. The screens parse these lines. */
function describeChange(before: StoredDestination, after: StoredDestination): string {
  const lines: string[] = []
  const compare = (path: string, old: unknown, current: unknown): void => {
    if (JSON.stringify(old) === JSON.stringify(current)) return
    if (isPlainObject(old) && isPlainObject(current)) {
      const keys = new Set([...Object.keys(old), ...Object.keys(current)])
      for (const key of keys) compare(path === '' ? key : `${path}.${key}`, old[key], current[key])
      return
    }
    if (Array.isArray(old) && Array.isArray(current)) compareLists(path, old, current)
    else lines.push(`${path}: ${formatValue(old)} became ${formatValue(current)}`)
  }
  const compareLists = (path: string, old: readonly unknown[], current: readonly unknown[]): void => {
    if (old.length === current.length) {
      for (const [index, item] of old.entries()) compare(`${path}.${index}`, item, current[index])
      return
    }
    // If items were only added or removed in one place, list those items; the rest is unchanged.
    const [longer, shorter] = old.length > current.length ? [old, current] : [current, old]
    const from = longer.findIndex((item, index) => JSON.stringify(item) !== JSON.stringify(shorter[index]))
    const to = from + longer.length - shorter.length
    if (JSON.stringify([...longer.slice(0, from), ...longer.slice(to)]) !== JSON.stringify(shorter)) {
      lines.push(`${path}: ${old.length} entries became ${current.length} others: ${formatValue(current)}`)
      return
    }
    for (let index = from; index < to; index += 1) {
      const item = formatValue(longer[index])
      lines.push(longer === current ? `${path}.${index}: (not there) became ${item}` : `${path}.${index}: ${item} became (not there)`)
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

const MAX_SHOWN_LENGTH = 200

/** A short text for a field of a template or element list. */
function formatField(field: Record<string, unknown>): string {
  const { element } = field
  return element === undefined ? formatSource(field) : `${element} = ${formatSource(field)}`
}

function formatSource({ kind, text, keys, field }: Record<string, unknown>): string {
  if (kind === 'text') return text === '' ? 'empty' : `"${text}"`
  return kind === 'keys' && Array.isArray(keys) ? keys.join('') : `${field}`
}

function formatValue(value: unknown): string {
  if (value === undefined) return '(not set)'
  if (value === null) return '(none)'
  if (isPlainObject(value) && typeof value.kind === 'string') return formatField(value)
  const text = typeof value === 'string' ? value || '(empty)' : JSON.stringify(value)
  return text.length <= MAX_SHOWN_LENGTH ? text : `${text.slice(0, MAX_SHOWN_LENGTH)} …`
}

/** A destination's changes, newest first. */
export async function destinationHistory(
  engine: EngineContext,
  destinationId: number,
): Promise<CommandOutput<'settings.destinationHistory'>> {
  return { changes: await listDestinationChanges(engine.db, destinationId) }
}

/**
 * Restores a destination to its state after a change. Keeps its current name if another destination now has the earlier one. Throws
 * FailureError `change-missing`, `folder-in-use`.
 */
export async function restoreDestination(engine: EngineContext, destinationId: number, changeId: number, actor: string): Promise<Saved> {
  const wanted = await findDestinationChange(engine.db, changeId)
  if (wanted?.destinationId === destinationId) await refuseSharedDropFolder(engine, (JSON.parse(wanted.after) as StoredDestination).folder)
  return engine.write(async (work) => {
    const change = await findDestinationChange(work.db, changeId)
    const stored = await findDestination(work.db, destinationId)
    if (change?.destinationId !== destinationId || stored === undefined) throw changeMissing()
    const known = toDestinationRow(stored)
    const recorded = JSON.parse(change.after) as Omit<StoredDestination, 'isDefault'>
    const isNameFree = !(await listDestinations(work.db)).some(
      (destination) => destination.name === recorded.name && destination.id !== destinationId,
    )
    const after: StoredDestination = {
      ...recorded,
      name: isNameFree ? recorded.name : known.name,
      isDefault: known.isDefault,
      settings: parseProfileSettings(recorded.settings),
    }
    const difference = describeChange(known, after)
    await saveWithHistory(work, known, after, actor, difference === '' ? '' : `Back to the state of ${change.at}\n${difference}`)
    return publishSettings(work)
  })
}

const PROFILE_FORMAT = 'ledgerdrop-profile'

/** A destination's format profile as a file for another installation. Throws FailureError `destination-missing`. */
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

/** The format profile in a file from `exportProfile`. Throws FailureError `profile-not-recognised`, `profile-invalid`. */
export function parseProfile(text: string): { settings: ProfileSettings } {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw notAProfile(errorMessage(error))
  }
  if (!isPlainObject(parsed) || parsed.format !== PROFILE_FORMAT || parsed.version !== 1)
    throw notAProfile(`"format" must be "${PROFILE_FORMAT}" and "version" 1`)
  return { settings: parseProfileSettings(parsed.settings) }
}

function notAProfile(detail: string): FailureError {
  return new FailureError({
    code: 'profile-not-recognised',
    message: `This is not a Ledgerdrop format profile: ${detail}.`,
    remedy: 'Choose a file that was created with Export Profile.',
  })
}

/** The failure for a destination that doesn't exist. */
export function destinationMissing(): FailureError {
  return new FailureError({
    code: 'destination-missing',
    message: 'This destination no longer exists.',
    remedy: 'Open Sync Settings again.',
  })
}

function changeMissing(): FailureError {
  return new FailureError({
    code: 'change-missing',
    message: 'The history of this destination does not contain this change.',
    remedy: 'Open the history again.',
  })
}

/** The failure for a name that is already in use. */
export function nameTaken(name: string): FailureError {
  return new FailureError({
    code: 'name-taken',
    message: `The name ${name} is already in use.`,
    remedy: 'Choose another name.',
    field: 'name',
  })
}
