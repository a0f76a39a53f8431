/** The version of the settings that this program writes. */
export const SETTINGS_VERSION = 2

/**
 * Upgrades settings of an earlier version. Returns anything else unchanged, for the schema to validate. Version 1 had `customerCodeRequired` and
 * used an account if one was set; version 2 has `missingCustomer` instead.
 */
export function upgradeProfileSettings(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const settings = value as Readonly<Record<string, unknown>>
  if (settings.version !== 1 && settings.version !== undefined) return value
  const { customerCodeRequired, ...kept } = settings
  const account = settings.customerCodeWhenMissing
  const hasAccount = typeof account === 'string' && account !== ''
  const policy = hasAccount ? { missingCustomer: 'account' } : customerCodeRequired === true ? { missingCustomer: 'refuse' } : {}
  return { ...policy, ...kept, version: SETTINGS_VERSION }
}
