import type { Database } from '../database/open-database'
import { knownUpdates } from '../updates/update-records'
import { type Finding, passed } from './finding'

/**
 * Reports what is known about newer versions, without making a request. Always passes, because orders don't depend on
 * updates.
 */
export async function checkUpdates(db: Database, version: string): Promise<Finding> {
  const { isOn, lastCheck, release } = await knownUpdates(db, version)
  const found = release === null ? '' : `${release.version} is available at ${release.page}; `
  return passed('Newer version', isOn ? `${found}${checkText(lastCheck)}` : 'not checked: Settings > Updates is off')
}

function checkText(check: Awaited<ReturnType<typeof knownUpdates>>['lastCheck']): string {
  if (check === null) return 'not checked yet'
  return check.failure === null ? `last checked ${check.at}` : `the last check, ${check.at}, failed (${check.failure.code})`
}
