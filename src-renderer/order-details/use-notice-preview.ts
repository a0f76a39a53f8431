import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { NoticePreview } from '../../src-shared/mail'
import { useLiveQuery } from '../client/use-live-query'
import type { StatusChange } from './status-change'

const TYPING_PAUSE_MS = 200

/** The email that Notify Customer would send for the current form, or why none can be sent. Both are null until the engine answers. */
export function useNoticePreview(
  { id, revision }: Pick<OrderDetails, 'id' | 'revision'>,
  { status, comments, notifyCustomer, appendComments }: StatusChange,
): { mail: NoticePreview | null; failure: Failure | null } {
  // Comments are passed on only if they are part of the email, so that typing does not cause needless requests.
  const appended = notifyCustomer && appendComments ? comments : ''
  const input = { orderId: id, status, comments: appended, appendComments: appended !== '' }
  // A new revision may have a different email address.
  const { value, failure } = useLiveQuery('orders.previewNotice', input, { afterMs: TYPING_PAUSE_MS, version: revision })
  return { mail: value, failure }
}
