import type { Release, Role, UpdateSettings, UpdateState } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import { parseWebAddress } from '../../../src-shared/web-address'
import type { Database, DatabaseTransaction } from '../database/open-database'
import { readSetting, writeSetting } from '../database/settings-store'
import { addressInvalid, addressMissing } from './feed-failures'
import { pageOfFeed } from './read-feed'
import { isNewer } from './version'

const SETTINGS = 'updates'
const LOOK = 'updateLook'
const HIDDEN = 'updateHidden'

/** The last look, as stored. */
export interface LookRecord {
  /** Of another address it says nothing. */
  feedAddress: string
  /** UTC ISO 8601. */
  at: string
  failure: Failure | null
  /** Looks in a row that failed. */
  failures: number
  /** What was read last; a failed look does not take it away. */
  release: Release | null
}

type Hidden = Partial<Record<UpdateState['hiddenFrom'][number], string>>

/** Whether newer versions are looked for; off until an administrator wants it. */
export function updateSettings(db: Database): Promise<UpdateSettings> {
  return readSetting(db, SETTINGS, { isOn: false, feedAddress: '' })
}

/** Sets it. Throws FailureError `update-address-missing`, `update-address-invalid`. */
export async function storeUpdateSettings(db: DatabaseTransaction, { isOn, feedAddress }: UpdateSettings): Promise<UpdateSettings> {
  if (isOn && feedAddress === '') throw addressMissing()
  const url = feedAddress === '' ? null : parseWebAddress(feedAddress)
  if (typeof url === 'string') throw addressInvalid(feedAddress, url)
  const settings = { isOn, feedAddress: url?.href ?? '' }
  await writeSetting(db, SETTINGS, settings)
  return settings
}

/** The last look at the feed of the settings; null before the first. */
export async function lastLook(db: Database): Promise<LookRecord | null> {
  const look = await readSetting<LookRecord | null>(db, LOOK, null)
  return look?.feedAddress === (await updateSettings(db)).feedAddress ? look : null
}

/** Keeps how a look ended. */
export function storeLook(db: DatabaseTransaction, look: LookRecord): Promise<void> {
  return writeSetting(db, LOOK, look)
}

/** What is known of versions newer than this one. The page is held against the feed's origin each time that it is named. */
export async function knownUpdates(
  db: Database,
  version: string,
): Promise<Pick<UpdateState, 'isOn' | 'lastLook' | 'release' | 'hiddenFrom'>> {
  const { isOn, feedAddress } = await updateSettings(db)
  const look = await lastLook(db)
  const found = look?.release ?? null
  const isTold = isOn && found !== null && isNewer(found.version, version) && isOfFeed(found, feedAddress)
  return {
    isOn,
    lastLook: look === null ? null : { at: look.at, failure: look.failure },
    release: isTold ? found : null,
    hiddenFrom: isTold ? rolesHidden(await readSetting<Hidden>(db, HIDDEN, {}), found) : [],
  }
}

/** Hides a version from whoever has that role, or less, until a newer one is known. */
export async function hideVersion(db: DatabaseTransaction, version: string, role: Role): Promise<void> {
  const before = await readSetting<Hidden>(db, HIDDEN, {})
  const hidden: Hidden = role === 'administrator' ? { operator: version, administrator: version } : { ...before, operator: version }
  await writeSetting(db, HIDDEN, hidden)
}

function rolesHidden(hidden: Hidden, { version }: Release): UpdateState['hiddenFrom'] {
  return (['operator', 'administrator'] as const).filter((role) => {
    const before = hidden[role]
    return before !== undefined && !isNewer(version, before)
  })
}

function isOfFeed({ page }: Release, feedAddress: string): boolean {
  const feed = parseWebAddress(feedAddress)
  return feed instanceof URL && pageOfFeed(page, feed) !== null
}
