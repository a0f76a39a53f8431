import { expect, test } from 'vitest'
import { keyStore, whyNoKeyStore } from '../../../../../src-main/shell/system/key-store'

/** Stands for the key: both generations of Electron's calls use the same one. */
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
  throw new Error('the blocking calls are not used')
}
const electron45 = { ...electron46, isEncryptionAvailable: refuse, encryptString: refuse, decryptString: refuse }

test.for([
  ['33, which has the blocking calls alone', electron33],
  ['45, which has both', electron45],
  ['46, which has the asynchronous calls alone', electron46],
] as const)('a password is sealed and opened by Electron %s', async ([, storage]) => {
  const store = keyStore(storage)
  expect(await store.isAvailable()).toBe(true)
  const sealed = await store.seal('pässword')
  expect(sealed.toString()).not.toContain('ssword')
  expect(await store.open(sealed)).toBe('pässword')
})

test('a password that an older Electron sealed is opened by a newer one', async () => {
  expect(await keyStore(electron46).open(await keyStore(electron33).seal('pässword'))).toBe('pässword')
})

test('a key store that refuses is an error of the call, in both', async () => {
  await expect(keyStore({ ...electron33, decryptString: refuse }).open(Buffer.from('x'))).rejects.toThrow('not used')
  await expect(keyStore({ ...electron46, decryptStringAsync: async () => refuse() }).open(Buffer.from('x'))).rejects.toThrow('not used')
})

test.for<[string, NodeJS.Platform, string | null, boolean, string | null]>([
  ['GNOME Keyring on Linux', 'linux', 'gnome_libsecret', true, null],
  ['KWallet on Linux', 'linux', 'kwallet6', true, null],
  ['a password that everybody knows, although Electron says that it is available', 'linux', 'basic_text', true, 'no key store'],
  ['Linux before the program is ready', 'linux', 'unknown', true, 'no key store'],
  ['GNOME Keyring that stays locked', 'linux', 'gnome_libsecret', false, 'no key store'],
  ['Windows', 'win32', null, true, null],
  ['a Mac whose keychain is refused', 'darwin', null, false, 'not available'],
])('whether a password is safe: %s', ([, platform, backend, isAvailable, reason]) => {
  const why = whyNoKeyStore(platform, backend, isAvailable)
  if (reason === null) expect(why).toBeNull()
  else expect(why).toContain(reason)
})
