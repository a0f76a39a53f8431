import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { readSetting, writeSetting } from '../database/settings-store'
import { requireAddress, storedMail } from '../notices/mail-settings'

const SETTING = 'digest'

/** Whether, when and to whom the daily digest is sent; off until an administrator switches it on. */
export function digestSettings(engine: EngineContext): Promise<CommandOutput<'mail.digest'>> {
  return readSetting(engine.db, SETTING, { isOn: false, time: '07:00', addresses: [] })
}

/** Saves the settings of the daily digest. Throws FailureError `mail-address-invalid`, `digest-address-missing`, `mail-not-configured`. */
export async function saveDigestSettings(
  engine: EngineContext,
  { isOn, time, addresses }: ParsedInput<'mail.saveDigest'>,
): Promise<CommandOutput<'mail.digest'>> {
  const checked = new Map<string, string>()
  for (const text of addresses) {
    const address = requireAddress(text, 'Send digest to')
    if (!checked.has(address.toLowerCase())) checked.set(address.toLowerCase(), address)
  }
  if (isOn && checked.size === 0) {
    throw new FailureError({
      code: 'digest-address-missing',
      message: 'The daily digest has no recipient.',
      remedy: 'Enter at least one address in Send digest to, or switch the daily digest off.',
    })
  }
  if (isOn && (await storedMail(engine.db)) === null) {
    throw new FailureError({
      code: 'mail-not-configured',
      message: 'Email is not set up yet.',
      remedy: 'Enter and save the mail server above, then switch the digest on.',
    })
  }
  const settings = { isOn, time, addresses: [...checked.values()] }
  await engine.write(({ db }) => writeSetting(db, SETTING, settings))
  return settings
}
