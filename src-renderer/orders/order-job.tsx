import { Button, Progress } from '@mantine/core'
import type { OrderJob } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { ordersText } from '../text/orders-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { cancelJob, closeJob, useOrderJob } from './order-job-store'

const words = ordersText.job

function progressText({ kind, done, total }: OrderJob): string {
  if (total === 0) return words.starting
  return kind === 'export' ? words.exporting(done, total) : words.changing(done, total)
}

function JobProgress({ job }: { job: OrderJob }) {
  const isCancelling = useOrderJob((state) => state.isCancelling)
  return (
    <section className="order-job" aria-label={words.label}>
      <span role="status">{progressText(job)}</span>
      <Progress value={job.total === 0 ? 0 : (100 * job.done) / job.total} aria-label={words.label} className="order-job-bar" />
      <Button variant="default" disabled={isCancelling} onClick={cancelJob}>
        {isCancelling ? words.cancelling : words.cancel}
      </Button>
    </section>
  )
}

function resultText({ kind, state, changed, done, total }: OrderJob): string {
  if (kind === 'export') return state === 'cancelled' ? words.cancelledExport : words.exported(changed)
  return state === 'cancelled' ? words.cancelledChange(changed, total - done) : words.changed(changed)
}

function LeftAlone({ reason }: { reason: OrderJob['leftAlone'][number] }) {
  const { failure, count, orders } = reason
  return (
    <li>
      {words.reasons[failure.code]?.(count) ?? failure.message}
      <span className="left-alone">
        {orders.map(({ id, number }) => (
          <button key={id} type="button" className="link-button" onClick={() => goTo({ screen: 'order', orderId: id })}>
            <OutsideText text={number} />
          </button>
        ))}
        {count > orders.length && <span>{words.andMore(count - orders.length)}</span>}
      </span>
    </li>
  )
}

function JobResult({ job }: { job: OrderJob }) {
  const left = job.leftAlone.reduce((sum, { count }) => sum + count, 0)
  const close = (
    <Button variant="default" onClick={closeJob}>
      {words.close}
    </Button>
  )
  if (job.failure !== null) return <FailureNotice failure={job.failure} actions={close} />
  return (
    <Notice tone={left > 0 ? 'caution' : 'plain'} role="status" actions={close}>
      <p>
        <strong>{resultText(job)}</strong> {job.file !== null && <OutsideText text={job.file} />}
      </p>
      {left > 0 && (
        <details>
          <summary>{words.leftAlone(left)}</summary>
          <ul className="left-alone-list">
            {job.leftAlone.map((reason) => (
              <LeftAlone key={reason.failure.code} reason={reason} />
            ))}
          </ul>
        </details>
      )}
    </Notice>
  )
}

/** What is being done to many orders, with its progress; then what came of it, until it is closed. */
export function OrderJobBar() {
  const job = useOrderJob((state) => state.job)
  if (job === null) return null
  return job.state === 'running' ? <JobProgress job={job} /> : <JobResult job={job} />
}
