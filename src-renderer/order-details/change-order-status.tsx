import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { ORDER_STATUSES } from '../../src-shared/order'
import { orderDetailsText } from '../text/order-details-text'
import { MailPreview } from '../widgets/mail-preview'
import { FailureNotice } from '../widgets/notice'
import { ResendDialog } from './resend-dialog'
import { changeSummary } from './status-change'
import { useChangeContext } from './use-change-context'
import { useNoticePreview } from './use-notice-preview'
import { useStatusForm } from './use-status-form'

const text = orderDetailsText.status

/** The form at the bottom of Order Details. Don't change its labels: printed instructions quote them. */
export function ChangeOrderStatus({ order }: { order: OrderDetails }) {
  const form = useStatusForm(order)
  const { change, set, isSaving, failure, isConfirming, resendWarning } = form
  const notice = useNoticePreview(order, change)
  const context = useChangeContext(order, notice.failure)
  return (
    <section className="card status-card" aria-labelledby="change-order-status">
      <h2 id="change-order-status">{text.title}</h2>
      <form className="status-form" onSubmit={form.submit}>
        <NativeSelect
          label={text.newStatus}
          data={[...ORDER_STATUSES]}
          value={change.status}
          onChange={(event) => set({ status: ORDER_STATUSES.find((status) => status === event.currentTarget.value) ?? order.status })}
        />
        <Textarea
          label={text.comments}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={20_000}
          value={change.comments}
          onChange={(event) => set({ comments: event.currentTarget.value })}
        />
        <Checkbox
          label={text.notifyCustomer}
          description={notice.failure === null ? null : `${notice.failure.message} ${notice.failure.remedy}`}
          disabled={notice.failure !== null && !change.notifyCustomer}
          checked={change.notifyCustomer}
          onChange={(event) => set({ notifyCustomer: event.currentTarget.checked, appendComments: false })}
        />
        <Checkbox
          label={text.appendComments}
          disabled={!change.notifyCustomer}
          checked={change.appendComments}
          onChange={(event) => set({ appendComments: event.currentTarget.checked })}
        />
        {change.notifyCustomer && notice.mail !== null && <MailPreview label={text.mailPreview} mail={notice.mail} />}
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="status-submit">
          <Button type="submit" size="sm" loading={isSaving}>
            {text.updateStatus}
          </Button>
          <p className="status-sentence" aria-live="polite">
            <bdi>{changeSummary(order, change, context)}</bdi>
          </p>
        </div>
      </form>
      {isConfirming && <ResendDialog order={order} warning={resendWarning} onConfirm={form.sendAgain} onClose={form.cancelConfirmation} />}
    </section>
  )
}
