import { create } from 'zustand'
import type { CommandInput, ExportInput, OrderJob } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, exportOrders, on } from '../client/client'
import { onRefresh } from '../client/refresh'
import { ordersText } from '../text/orders-text'
import { notifyIfFailed } from '../widgets/notify'

interface JobState {
  /** What is being done to many orders, or its result until somebody closes it. */
  job: OrderJob | null
  isCancelling: boolean
}

/** What is being done to many orders. */
export const useOrderJob = create<JobState>(() => ({ job: null, isCancelling: false }))

function show(job: OrderJob): void {
  useOrderJob.setState((state) => {
    // The answer to the command may come after the event that says that it has ended.
    if (state.job?.id === job.id && state.job.state !== 'running' && job.state === 'running') return state
    return { job, isCancelling: state.isCancelling && job.state === 'running' }
  })
}

/** Begins to set the status of many orders; gives why not, or null. */
export async function changeStatusOfMany(input: CommandInput<'orders.changeStatusOfMany'>): Promise<Failure | null> {
  const result = await call('orders.changeStatusOfMany', input)
  if (!result.ok) return result.error
  show(result.value)
  return null
}

/** Asks where to, then begins to export a list. */
export async function exportList(list: ExportInput): Promise<void> {
  const today = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`
  const result = await exportOrders(ordersText.actions.fileName(day), list)
  if (notifyIfFailed(result) && result.ok && result.value !== null) show(result.value)
}

/** Stops what is being done. */
export async function cancelJob(): Promise<void> {
  const { job } = useOrderJob.getState()
  if (job === null) return
  useOrderJob.setState({ isCancelling: true })
  if (!notifyIfFailed(await call('orders.cancelJob', { jobId: job.id }))) useOrderJob.setState({ isCancelling: false })
}

/** Puts a result away. */
export function closeJob(): void {
  useOrderJob.setState({ job: null, isCancelling: false })
}

/** Follows the engine's events. */
export function followOrderJobs(): void {
  on('job.changed', ({ job }) => show(job))
  // An engine that was started afresh knows nothing of the job that its death has ended.
  on('engine.restarted', closeJob)
  onRefresh(loadJob)
}

/** Shows what was begun before this window came up. */
async function loadJob(): Promise<void> {
  const result = await call('orders.job', {})
  if (result.ok && result.value.job?.state === 'running') show(result.value.job)
}
