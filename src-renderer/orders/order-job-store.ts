import { create } from 'zustand'
import type { CommandInput, ExportInput, OrderJob } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, exportOrders, on } from '../client/client'
import { onRefresh } from '../client/refresh'
import { ordersText } from '../text/orders-text'
import { notifyIfFailed } from '../widgets/notify'

interface JobState {
  /** The bulk action that is running, or the last one's result until a person closes it. */
  job: OrderJob | null
  isCancelling: boolean
}

/** The state of the bulk action on orders. */
export const useOrderJob = create<JobState>(() => ({ job: null, isCancelling: false }))

function show(job: OrderJob): void {
  useOrderJob.setState((state) => {
    // The result of the command may arrive after the event that the job has ended.
    if (state.job?.id === job.id && state.job.state !== 'running' && job.state === 'running') return state
    return { job, isCancelling: state.isCancelling && job.state === 'running' }
  })
}

/** Starts to set the status of many orders. Returns the failure if that is refused. */
export async function changeStatusOfMany(input: CommandInput<'orders.changeStatusOfMany'>): Promise<Failure | null> {
  const result = await call('orders.changeStatusOfMany', input)
  if (!result.ok) return result.error
  show(result.value)
  return null
}

/** Asks for a file, then starts to export a list of orders. */
export async function exportList(list: ExportInput): Promise<void> {
  const today = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`
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
  // A restarted engine does not know the job that ended when the old engine stopped.
  on('engine.restarted', closeJob)
  onRefresh(loadJob)
}

/** Shows a job that was started before this window opened. */
async function loadJob(): Promise<void> {
  const result = await call('orders.job', {})
  if (result.ok && result.value.job?.state === 'running') show(result.value.job)
}
