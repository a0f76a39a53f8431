import type { SupportSettings } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { readSetting, writeSetting } from '../database/settings-store'
import { requireAddress } from '../notices/mail-settings'

/** The address for support tickets; empty until an administrator sets one. */
export function supportSettings(engine: EngineContext): Promise<SupportSettings> {
  return readSetting<SupportSettings>(engine.db, 'support', { email: '' })
}

/** Saves the address for support tickets. Throws FailureError `mail-address-invalid`. */
export async function saveSupportSettings(engine: EngineContext, { email }: SupportSettings): Promise<SupportSettings> {
  const settings: SupportSettings = { email: email === '' ? '' : requireAddress(email, 'Support email') }
  await engine.write(({ db }) => writeSetting(db, 'support', settings))
  return settings
}
