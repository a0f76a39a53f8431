import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { NoticePreview } from '../../src-shared/mail'
import { useLiveQuery } from '../client/use-live-query'
import type { StatusChange } from './status-change'

const TYPING_PAUSE_MS = 200

/**
 * The email that Notify Customer would send for the current form, or why none can be sent. Both are null until the
 * engine responds.
 */
export function useNoticePreview(
  { id, revision }: Pick<OrderDetails, 'id' | 'revision'>,
  { status, comments, notifyCustomer, appendComments }: StatusChange,
): { mail: NoticePreview | null; failure: Failure | null } {
  // Comments are included only if they are part of the email, so that typing does not cause needless requests.
  const appendedComments = notifyCustomer && appendComments ? comments : ''
  const input = { orderId: id, status, comments: appendedComments, appendComments: appendedComments !== '' }
  // A new revision may have a different email address.
  const { value, failure } = useLiveQuery('orders.previewNotice', input, { delayMs: TYPING_PAUSE_MS, version: revision })
  return { mail: value, failure }
}
