/** The version of the settings document that this program writes. */
export const SETTINGS_VERSION = 2

/**
 * Settings of an earlier version as this one has them; anything else as it is, for the schema to judge. Version 1 said `customerCodeRequired`, and
 * that an account is named, where version 2 says `missingCustomer`.
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
