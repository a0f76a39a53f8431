import { create } from 'zustand'
import type { AboutRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'

interface AboutState {
  about: AboutRow | null
  failure: Failure | null
}

/** The program's version and its workspace's folders. */
export const useAbout = create<AboutState>(() => ({ about: null, failure: null }))

/** Reads the version and the folders, unless they are loaded. They don't change while the program runs. */
export async function loadAbout(): Promise<void> {
  if (useAbout.getState().about !== null) return
  const result = await call('app.about', {})
  useAbout.setState(result.ok ? { about: result.value, failure: null } : { failure: result.error })
}
