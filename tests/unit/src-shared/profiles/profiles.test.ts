import { expect, test } from 'vitest'
import { FailureError } from '../../../../src-shared/failure'
import {
  defaultProfileSettings,
  PROFILE_INFO,
  PROFILE_NAMES,
  parseProfileSettings,
  profileSettingsSchemas,
} from '../../../../src-shared/profiles/profiles'

test.each(PROFILE_NAMES)('%s has valid default settings, which are the same after storing them as JSON', (name) => {
  const settings = defaultProfileSettings(name)
  expect(settings.profile).toBe(name)
  expect(parseProfileSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  expect(profileSettingsSchemas[name].parse({ profile: name })).toEqual(settings)
})

test('the Attaché profiles say that they are not verified', () => {
  const notice = 'Not verified against your Attaché. Send a test order first.'
  for (const name of ['attache-xmlkfi', 'attache-kfi'] as const)
    expect(PROFILE_INFO[name]).toMatchObject({ isVerified: false, notice, extension: 'kfi' })
})

test.each([
  ['an unknown profile', { profile: 'pdf' }, 'profile'],
  ['a setting that does not exist', { profile: 'ubl-order', selerName: 'x' }, 'selerName'],
  ['a time zone that does not exist', { profile: 'ubl-order', timeZone: 'Sydney' }, 'timeZone'],
  ['a newer version', { profile: 'ubl-order', version: 3 }, 'version'],
  ['a key code in a code', { profile: 'attache-kfi', freightCode: '<F9>' }, 'freightCode'],
  ['nothing', null, 'profile'],
])('%s is refused with the name of the setting', (_, value, setting) => {
  expect(() => parseProfileSettings(value)).toThrow(FailureError)
  expect(() => parseProfileSettings(value)).toThrow(setting)
})

test.each([
  ['attache-kfi', {}, 'refuse'],
  ['attache-kfi', { customerCodeWhenMissing: 'WEB' }, 'account'],
  ['attache-xmlkfi', { customerCodeWhenMissing: '' }, 'refuse'],
  ['ubl-order', {}, 'create'],
  ['ubl-order', { customerCodeRequired: true, customerCodeWhenMissing: '' }, 'refuse'],
  ['order-xml', { customerCodeRequired: true, customerCodeWhenMissing: 'WEB' }, 'account'],
  ['order-xml', { customerCodeRequired: false }, 'create'],
] as const)('settings of version 1 keep their meaning: %s %j is %s', (profile, stored, missingCustomer) => {
  expect(parseProfileSettings({ profile, version: 1, ...stored })).toEqual({
    ...defaultProfileSettings(profile),
    missingCustomer,
    customerCodeWhenMissing: 'customerCodeWhenMissing' in stored ? stored.customerCodeWhenMissing : '',
  })
})

test('the default text template has the 14, 6 and 18 fields seen at a real office', () => {
  const { headerRow, lineRow, closingRows } = defaultProfileSettings('attache-kfi')
  expect([headerRow.length, lineRow.length, ...closingRows.map((row) => row.length)]).toEqual([14, 6, 18])
})
