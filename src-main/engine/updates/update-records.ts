import type { Release, Role, UpdateSettings, UpdateState } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import { parseWebAddress } from '../../../src-shared/web-address'
import type { Database, DatabaseTransaction } from '../database/open-database'
import { readSetting, writeSetting } from '../database/settings-store'
import { addressInvalid, addressMissing } from './feed-failures'
import { pageOfFeed } from './read-feed'
import { isNewer } from './version'

const SETTINGS = 'updates'
const CHECK = 'updateLook'
const HIDDEN = 'updateHidden'

/** The last check, as stored. */
export interface CheckRecord {
  /** The address that was checked; the record doesn't apply to any other. */
  feedAddress: string
  /** UTC ISO 8601. */
  at: string
  failure: Failure | null
  /** Number of consecutive failed checks. */
  failures: number
  /** The last release that was read; a failed check keeps it. */
  release: Release | null
}

/** The version that each role's update notice is hidden for. */
type HiddenVersions = Partial<Record<UpdateState['hiddenFrom'][number], string>>

/** Whether to check for newer versions, and at which feed address. Off until an administrator switches it on. */
export function updateSettings(db: Database): Promise<UpdateSettings> {
  return readSetting(db, SETTINGS, { isOn: false, feedAddress: '' })
}

/** Saves the update settings. Throws FailureError `update-address-missing`, `update-address-invalid`. */
export async function storeUpdateSettings(db: DatabaseTransaction, { isOn, feedAddress }: UpdateSettings): Promise<UpdateSettings> {
  if (isOn && feedAddress === '') throw addressMissing()
  const url = feedAddress === '' ? null : parseWebAddress(feedAddress)
  if (typeof url === 'string') throw addressInvalid(feedAddress, url)
  const settings = { isOn, feedAddress: url?.href ?? '' }
  await writeSetting(db, SETTINGS, settings)
  return settings
}

/** The last check of the current feed address; null before the first. */
export async function lastCheck(db: Database): Promise<CheckRecord | null> {
  const check = await readSetting<CheckRecord | null>(db, CHECK, null)
  return check?.feedAddress === (await updateSettings(db)).feedAddress ? check : null
}

/** Stores the result of a check. */
export function storeCheck(db: DatabaseTransaction, check: CheckRecord): Promise<void> {
  return writeSetting(db, CHECK, check)
}

/** What is known about versions newer than this one. The page's origin is compared with the feed's each time. */
export async function knownUpdates(
  db: Database,
  version: string,
): Promise<Pick<UpdateState, 'isOn' | 'lastCheck' | 'release' | 'hiddenFrom'>> {
  const { isOn, feedAddress } = await updateSettings(db)
  const check = await lastCheck(db)
  const found = check?.release ?? null
  const isOffered = isOn && found !== null && isNewer(found.version, version) && isFromFeed(found, feedAddress)
  return {
    isOn,
    lastCheck: check === null ? null : { at: check.at, failure: check.failure },
    release: isOffered ? found : null,
    hiddenFrom: isOffered ? hiddenFromRoles(await readSetting<HiddenVersions>(db, HIDDEN, {}), found) : [],
  }
}

/** Hides a version from people with that role or a lower one, until a newer version is known. */
export async function hideVersion(db: DatabaseTransaction, version: string, role: Role): Promise<void> {
  const before = await readSetting<HiddenVersions>(db, HIDDEN, {})
  const hidden: HiddenVersions = role === 'administrator' ? { operator: version, administrator: version } : { ...before, operator: version }
  await writeSetting(db, HIDDEN, hidden)
}

function hiddenFromRoles(hidden: HiddenVersions, { version }: Release): UpdateState['hiddenFrom'] {
  return (['operator', 'administrator'] as const).filter((role) => {
    const hiddenVersion = hidden[role]
    return hiddenVersion !== undefined && !isNewer(version, hiddenVersion)
  })
}

function isFromFeed({ page }: Release, feedAddress: string): boolean {
  const feed = parseWebAddress(feedAddress)
  return feed instanceof URL && pageOfFeed(page, feed) !== null
}
