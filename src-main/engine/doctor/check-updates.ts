import type { Database } from '../database/open-database'
import { knownUpdates } from '../updates/update-records'
import { type Finding, well } from './finding'

/** What is known of newer versions. Never wrong: the orders do not depend on it. Asks nobody. */
export async function checkUpdates(db: Database, version: string): Promise<Finding> {
  const { isOn, lastLook, release } = await knownUpdates(db, version)
  const found = release === null ? '' : `${release.version} is available at ${release.page}; `
  return well('Newer version', isOn ? `${found}${lookText(lastLook)}` : 'not looked for: Settings > Updates is off')
}

function lookText(look: Awaited<ReturnType<typeof knownUpdates>>['lastLook']): string {
  if (look === null) return 'not looked for yet'
  return look.failure === null ? `last looked for ${look.at}` : `the last look, ${look.at}, failed (${look.failure.code})`
}
