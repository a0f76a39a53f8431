import type { SafeStorage } from 'electron'

/** Electron's asynchronous calls, in version 42 and later. */
type Asynchronous = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync'>
/**
 * Electron's older calls, up to version 45. They block the whole program while the key store asks the person for a
 * password.
 */
type Synchronous = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'>

/** The system's key store. Secrets sealed with one version's calls can be opened with another's. */
export interface KeyStore {
  isAvailable(): Promise<boolean>
  /** Rejects if the key store refuses. */
  seal(text: string): Promise<Buffer>
  /** Rejects if the text was sealed on another computer or by another user. */
  open(sealed: Buffer): Promise<string>
}

/** The key store of this Electron version's `safeStorage`, with its asynchronous calls if it has any. */
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
 * Why a computer can't store a password safely; null if it can. Without a key store, Electron on Linux "encrypts" with a well-known
 * password (`basic_text`), and its asynchronous calls report this as available.
 */
export function cannotStoreReason(platform: NodeJS.Platform, backend: string | null, isAvailable: boolean): string | null {
  if (platform !== 'linux') return isAvailable ? null : "the system's key store is not available"
  const isInsecure = backend === null || backend === 'basic_text' || backend === 'unknown'
  return isAvailable && !isInsecure ? null : 'no key store (GNOME Keyring, KWallet) is running'
}
