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
