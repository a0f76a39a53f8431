import { app, safeStorage } from 'electron'
import type { SecretHandler } from '../../engine-thread/engine-thread-options'
import { cannotStoreReason, keyStore } from './key-store'
import { log } from './log'

const store = keyStore(safeStorage)

/** Returns why this computer can't store a password safely; null if it can. */
async function checkKeyStore(): Promise<string | null> {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null
  return cannotStoreReason(process.platform, backend, await store.isAvailable())
}

/** Seals and opens secrets with the key store of the computer's user. Only this user on this computer can open them. Never rejects. */
export const handleSecret: SecretHandler = async (action, text) => {
  // The engine may ask before Electron is ready, but the key store works only afterwards.
  await app.whenReady()
  try {
    const reason = await checkKeyStore()
    if (action === 'whyNot') return reason
    if (reason !== null) return null
    return action === 'seal' ? (await store.seal(text)).toString('base64') : await store.open(Buffer.from(text, 'base64'))
  } catch (error) {
    log.error(`secret: ${action} failed`, error instanceof Error ? error.message : 'no reason given')
    return action === 'whyNot' ? "the system's key store does not answer" : null
  }
}
