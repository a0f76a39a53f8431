import { create } from 'zustand'
import type { CommandInput, ExportInput, OrderJob } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, exportOrders, on } from '../client/client'
import { onRefresh } from '../client/refresh'
import { ordersText } from '../text/orders-text'
import { notifyIfFailed } from '../widgets/notify'

interface JobState {
  /** The running bulk action, or the result of the last one until the user closes it. */
  job: OrderJob | null
  isCancelling: boolean
}

/** The state of the current bulk action on orders. */
export const useOrderJob = create<JobState>(() => ({ job: null, isCancelling: false }))

function show(job: OrderJob): void {
  useOrderJob.setState((state) => {
    // The command's result may arrive after the event that reports the end of the job.
    if (state.job?.id === job.id && state.job.state !== 'running' && job.state === 'running') return state
    return { job, isCancelling: state.isCancelling && job.state === 'running' }
  })
}

/** Starts changing the status of many orders. Returns the failure, or null. */
export async function changeStatusOfMany(input: CommandInput<'orders.changeStatusOfMany'>): Promise<Failure | null> {
  const result = await call('orders.changeStatusOfMany', input)
  if (!result.ok) return result.error
  show(result.value)
  return null
}

/** Lets the user choose a file, then starts exporting a list of orders to it. */
export async function exportList(list: ExportInput): Promise<void> {
  const today = new Date()
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  const day = `${today.getFullYear()}-${twoDigits(today.getMonth() + 1)}-${twoDigits(today.getDate())}`
  const result = await exportOrders(ordersText.actions.fileName(day), list)
  if (notifyIfFailed(result) && result.ok && result.value !== null) show(result.value)
}

/** Cancels the running job. */
export async function cancelJob(): Promise<void> {
  const { job } = useOrderJob.getState()
  if (job === null) return
  useOrderJob.setState({ isCancelling: true })
  if (!notifyIfFailed(await call('orders.cancelJob', { jobId: job.id }))) useOrderJob.setState({ isCancelling: false })
}

/** Closes the result of the last job. */
export function closeJob(): void {
  useOrderJob.setState({ job: null, isCancelling: false })
}

/** Subscribes to the engine's events. */
export function followOrderJobs(): void {
  on('job.changed', ({ job }) => show(job))
  // A restarted engine does not know about a job that ended when the previous engine stopped.
  on('engine.restarted', closeJob)
  onRefresh(loadJob)
}

/** Shows a job that was started before this window opened. */
async function loadJob(): Promise<void> {
  const result = await call('orders.job', {})
  if (result.ok && result.value.job?.state === 'running') show(result.value.job)
}
