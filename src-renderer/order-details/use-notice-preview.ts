import { useEffect, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import type { NoticePreview } from '../../src-shared/mail'
import { call } from '../client/client'
import type { StatusChange } from './status-change'

const AFTER_MS = 200

/** The mail that Notify Customer would send for the form as it is now, or why none can be sent. Both null until the engine has answered. */
export function useNoticePreview(
  { id, revision }: Pick<OrderDetails, 'id' | 'revision'>,
  { status, comments, notifyCustomer, appendComments }: StatusChange,
): { mail: NoticePreview | null; failure: Failure | null } {
  const [shown, setShown] = useState<{ mail: NoticePreview | null; failure: Failure | null }>({ mail: null, failure: null })
  // Comments matter only while they go into the mail: then not every key asks the engine.
  const appended = notifyCustomer && appendComments ? comments : ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision may have another address
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(async () => {
      const result = await call('orders.previewNotice', { orderId: id, status, comments: appended, appendComments: appended !== '' })
      if (isCurrent) setShown(result.ok ? { mail: result.value, failure: null } : { mail: null, failure: result.error })
    }, AFTER_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [id, revision, status, appended])
  return shown
}
