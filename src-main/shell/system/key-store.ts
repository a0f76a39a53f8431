import type { SafeStorage } from 'electron'

/** Electron's asynchronous calls, in 42 and later. */
type Asynchronous = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>
/** Its older calls, in 45 and earlier; they block the whole program while the key store asks the person for its password. */
type Synchronous = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'>

/** The system's key store. What it sealed with the calls of one Electron can be opened with those of another. */
export interface KeyStore {
  isAvailable(): Promise<boolean>
  /** Rejects if the key store refuses. */
  seal(text: string): Promise<Buffer>
  /** Rejects if it was sealed elsewhere, or by somebody else. */
  open(sealed: Buffer): Promise<string>
}

/** The key store behind the `safeStorage` of this Electron, whichever calls it has: the asynchronous ones if there are any. */
export function keyStore(storage: Asynchronous | Synchronous): KeyStore {
  if ('encryptStringAsync' in storage) {
    return {
      isAvailable: () => storage.isAsyncEncryptionAvailable(),
      seal: (text) => storage.encryptStringAsync(text),
      open: async (sealed) => (await storage.decryptStringAsync(sealed)).result,
    }
  }
  return {
    isAvailable: async () => storage.isEncryptionAvailable(),
    seal: async (text) => storage.encryptString(text),
    open: async (sealed) => storage.decryptString(sealed),
  }
}

/**
 * Why a computer has no safe place for a password; null if it has one. Without a key store, Electron on Linux "encrypts" with a password that
 * everybody knows (`basic_text`), and its asynchronous calls say that this is available.
 */
export function whyNoKeyStore(platform: NodeJS.Platform, backend: string | null, isAvailable: boolean): string | null {
  if (platform !== 'linux') return isAvailable ? null : "the system's key store is not available"
  const isInClear = backend === null || backend === 'basic_text' || backend === 'unknown'
  return isAvailable && !isInClear ? null : 'no key store (GNOME Keyring, KWallet) is running'
}
