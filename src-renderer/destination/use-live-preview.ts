import { useEffect, useState } from 'react'
import type { Preview } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import type { ProfileSettings } from '../../src-shared/profiles'
import { call } from '../client/client'

const ASK_AFTER_MS = 250

/** A preview of settings that are not saved. */
export interface LivePreview {
  preview: Preview | null
  failure: Failure | null
  /** True while the preview is of settings that have changed since. */
  isOld: boolean
}

/** The preview of settings that are not saved, a moment after the last change; the last good one stays until then. */
export function useLivePreview(settings: ProfileSettings, orderId: number | null, isFit: boolean): LivePreview {
  const [state, setState] = useState<LivePreview>({ preview: null, failure: null, isOld: true })
  useEffect(() => {
    setState((now) => ({ ...now, isOld: true }))
    if (!isFit) return
    let isWanted = true
    const timer = setTimeout(async () => {
      const result = await call('settings.preview', { settings, orderId })
      if (!isWanted) return
      setState(result.ok ? { preview: result.value, failure: null, isOld: false } : { preview: null, failure: result.error, isOld: false })
    }, ASK_AFTER_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [settings, orderId, isFit])
  return state
}
