import { app, safeStorage } from 'electron'
import type { SecretKeeper } from '../../engine-thread/engine-thread-options'
import { keyStore, whyNoKeyStore } from './key-store'
import { log } from './log'

const store = keyStore(safeStorage)

/** Why this computer has no safe place for a password; null where it has one. */
async function whyNot(): Promise<string | null> {
  const backend = process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : null
  return whyNoKeyStore(process.platform, backend, await store.isAvailable())
}

/** Seals by the key store of the person who is signed in to this computer. What is sealed can be opened here and by them alone. Never rejects. */
export const keepSecret: SecretKeeper = async (what, text) => {
  // The engine may ask before Electron has started; the key store answers only afterwards.
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
