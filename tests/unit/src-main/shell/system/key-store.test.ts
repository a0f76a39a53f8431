import { expect, test } from 'vitest'
import { cannotStoreReason, keyStore } from '../../../../../src-main/shell/system/key-store'

/** A simple encryption that both generations of Electron's calls use. */
const flip = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
const encryptString = (text: string) => flip(Buffer.from(text))
const decryptString = (sealed: Buffer) => flip(sealed).toString()

const electron33 = { isEncryptionAvailable: () => true, encryptString, decryptString }
const electron46 = {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => encryptString(text),
  decryptStringAsync: async (sealed: Buffer) => ({ result: decryptString(sealed), shouldReEncrypt: false }),
}
const refuse = () => {
  throw new Error('The blocking calls are not used.')
}
const electron45 = { ...electron46, isEncryptionAvailable: refuse, encryptString: refuse, decryptString: refuse }

test.for([
  ['33, which has only the blocking calls', electron33],
  ['45, which has both', electron45],
  ['46, which has only the asynchronous calls', electron46],
] as const)('a password can be encrypted and decrypted by Electron %s', async ([, storage]) => {
  const store = keyStore(storage)
  expect(await store.isAvailable()).toBe(true)
  const sealed = await store.seal('pässword')
  expect(sealed.toString()).not.toContain('ssword')
  expect(await store.open(sealed)).toBe('pässword')
})

test('a password encrypted by an older Electron can be decrypted by a newer one', async () => {
  expect(await keyStore(electron46).open(await keyStore(electron33).seal('pässword'))).toBe('pässword')
})

test('if the key store refuses, both kinds of calls reject', async () => {
  await expect(keyStore({ ...electron33, decryptString: refuse }).open(Buffer.from('x'))).rejects.toThrow('not used')
  await expect(keyStore({ ...electron46, decryptStringAsync: async () => refuse() }).open(Buffer.from('x'))).rejects.toThrow('not used')
})

test.for<[string, NodeJS.Platform, string | null, boolean, string | null]>([
  ['GNOME Keyring on Linux', 'linux', 'gnome_libsecret', true, null],
  ['KWallet on Linux', 'linux', 'kwallet6', true, null],
  ['the built-in password, although Electron reports that encryption is available', 'linux', 'basic_text', true, 'no key store'],
  ['Linux before the program is ready', 'linux', 'unknown', true, 'no key store'],
  ['GNOME Keyring if it stays locked', 'linux', 'gnome_libsecret', false, 'no key store'],
  ['Windows', 'win32', null, true, null],
  ['a Mac without access to the keychain', 'darwin', null, false, 'not available'],
])('whether a password can be stored safely: %s', ([, platform, backend, isAvailable, reason]) => {
  const why = cannotStoreReason(platform, backend, isAvailable)
  if (reason === null) expect(why).toBeNull()
  else expect(why).toContain(reason)
})
