import { app, safeStorage } from 'electron'
import type { SecretHandler } from '../../engine-thread/engine-thread-options'
import { keyStore, whyNoKeyStore } from './key-store'
import { log } from './log'

const store = keyStore(safeStorage)

/** Why this computer can't store a password safely; null if it can. */
async function whyNot(): Promise<string | null> {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null
  return whyNoKeyStore(process.platform, backend, await store.isAvailable())
}

/** Seals and opens secrets with the key store of the computer's user. Only this user on this computer can open them. Never rejects. */
export const handleSecret: SecretHandler = async (what, text) => {
  // The engine may ask before Electron is ready, but the key store works only afterwards.
  await app.whenReady()
  try {
    const reason = await whyNot()
    if (what === 'whyNot') return reason
    if (reason !== null) return null
    return what === 'seal' ? (await store.seal(text)).toString('base64') : await store.open(Buffer.from(text, 'base64'))
  } catch (error) {
    log.error(`secret: ${what} failed`, error instanceof Error ? error.message : 'no reason given')
    return what === 'whyNot' ? "the system's key store does not answer" : null
  }
}
