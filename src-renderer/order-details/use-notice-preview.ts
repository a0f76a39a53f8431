import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { NoticePreview } from '../../src-shared/mail'
import { useLiveAnswer } from '../client/use-live-answer'
import type { StatusChange } from './status-change'

const TYPING_PAUSE_MS = 200

/** The mail that Notify Customer would send for the form as it is now, or why none can be sent. Both null until the engine has answered. */
export function useNoticePreview(
  { id, revision }: Pick<OrderDetails, 'id' | 'revision'>,
  { status, comments, notifyCustomer, appendComments }: StatusChange,
): { mail: NoticePreview | null; failure: Failure | null } {
  // Comments matter only while they go into the mail: then not every key asks the engine.
  const appended = notifyCustomer && appendComments ? comments : ''
  const input = { orderId: id, status, comments: appended, appendComments: appended !== '' }
  // A new revision may have another address.
  const { value, failure } = useLiveAnswer('orders.previewNotice', input, { afterMs: TYPING_PAUSE_MS, version: revision })
  return { mail: value, failure }
}
