import { Button, Progress } from '@mantine/core'
import type { OrderJob } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { ordersText } from '../text/orders-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { cancelJob, closeJob, useOrderJob } from './order-job-store'

const text = ordersText.job

function progressText({ kind, done, total }: OrderJob): string {
  if (total === 0) return text.starting
  return kind === 'export' ? text.exporting(done, total) : text.changing(done, total)
}

function JobProgress({ job }: { job: OrderJob }) {
  const isCancelling = useOrderJob((state) => state.isCancelling)
  return (
    <section className="order-job" aria-label={text.label}>
      <span role="status">{progressText(job)}</span>
      <Progress value={job.total === 0 ? 0 : (100 * job.done) / job.total} aria-label={text.label} className="order-job-bar" />
      <Button variant="default" disabled={isCancelling} onClick={cancelJob}>
        {isCancelling ? text.cancelling : text.cancel}
      </Button>
    </section>
  )
}

function resultText({ kind, state, changed, done, total }: OrderJob): string {
  if (kind === 'export') return state === 'cancelled' ? text.cancelledExport : text.exported(changed)
  return state === 'cancelled' ? text.cancelledChange(changed, total - done) : text.changed(changed)
}

function SkippedOrders({ reason }: { reason: OrderJob['skipped'][number] }) {
  const { failure, count, orders } = reason
  return (
    <li>
      {text.reasons[failure.code]?.(count) ?? failure.message}
      <span className="left-alone">
        {orders.map(({ id, number }) => (
          <button key={id} type="button" className="link-button" onClick={() => goTo({ screen: 'order', orderId: id })}>
            <ExternalText text={number} />
          </button>
        ))}
        {count > orders.length && <span>{text.andMore(count - orders.length)}</span>}
      </span>
    </li>
  )
}

function JobResult({ job }: { job: OrderJob }) {
  const skippedCount = job.skipped.reduce((sum, { count }) => sum + count, 0)
  const close = (
    <Button variant="default" onClick={closeJob}>
      {text.close}
    </Button>
  )
  if (job.failure !== null) return <FailureNotice failure={job.failure} actions={close} />
  return (
    <Notice tone={skippedCount > 0 ? 'caution' : 'plain'} role="status" actions={close}>
      <p>
        <strong>{resultText(job)}</strong> {job.file !== null && <ExternalText text={job.file} />}
      </p>
      {skippedCount > 0 && (
        <details>
          <summary>{text.skipped(skippedCount)}</summary>
          <ul className="left-alone-list">
            {job.skipped.map((reason) => (
              <SkippedOrders key={reason.failure.code} reason={reason} />
            ))}
          </ul>
        </details>
      )}
    </Notice>
  )
}

/** The progress of the current bulk action on orders, then its result until it is closed. */
export function OrderJobBar() {
  const job = useOrderJob((state) => state.job)
  if (job === null) return null
  return job.state === 'running' ? <JobProgress job={job} /> : <JobResult job={job} />
}
