import type { OrderJob } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { diskFailure } from '../database/open-database'

const PUBLISH_INTERVAL_MS = 250

/** What a job uses to report its progress and to check whether to stop. */
export interface JobProgress {
  job: OrderJob
  signal: AbortSignal
  /** Publishes the progress, at most four times a second. */
  reportProgress(): void
}

/** Runs jobs on many orders in batches, one job at a time, while the sync and the screens keep working. */
export class OrderJobs {
  private job: OrderJob | null = null
  private stopping = new AbortController()
  private running: Promise<void> = Promise.resolve()
  private lastPublishedMs = 0

  constructor(private readonly engine: EngineContext) {}

  /** The running job, or the last one; null if there was none. */
  get current(): OrderJob | null {
    return this.job === null ? null : copyOf(this.job)
  }

  /** Starts a job and returns it. Throws FailureError `job-running` while another job runs. */
  begin(kind: OrderJob['kind'], work: (progress: JobProgress) => Promise<void>): OrderJob {
    if (this.job?.state === 'running') throw jobRunning()
    const job: OrderJob = {
      id: this.engine.newId(),
      kind,
      state: 'running',
      done: 0,
      total: 0,
      changed: 0,
      skipped: [],
      failure: null,
      file: null,
    }
    this.job = job
    this.stopping = new AbortController()
    this.running = this.run(job, work, this.stopping.signal)
    return copyOf(job)
  }

  /** Stops a job after its current batch. */
  cancel(jobId: number): void {
    if (this.job?.id === jobId) this.stopping.abort()
  }

  /** Stops the running job and waits until it has ended. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  private async run(job: OrderJob, work: (progress: JobProgress) => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work({ job, signal, reportProgress: () => this.publishProgress(job) })
      job.state = signal.aborted ? 'cancelled' : 'done'
    } catch (error) {
      job.state = 'failed'
      job.failure = this.failureOf(job, error)
    }
    this.publish(job)
  }

  private failureOf({ kind }: OrderJob, error: unknown): Failure {
    const known = error instanceof FailureError ? error : diskFailure(error)
    if (known === null) return { ...internalFailure(this.engine.log, `Job ${kind}`, error), code: 'job-failed', remedy: REMEDY }
    this.engine.log.error(`Job ${kind} failed`, known)
    return known.toFailure()
  }

  private publishProgress(job: OrderJob): void {
    const now = this.engine.clock.now().getTime()
    if (Math.abs(now - this.lastPublishedMs) >= PUBLISH_INTERVAL_MS) this.publish(job)
  }

  private publish(job: OrderJob): void {
    this.lastPublishedMs = this.engine.clock.now().getTime()
    this.engine.publish('job.changed', { job: copyOf(job) })
  }
}

function copyOf(job: OrderJob): OrderJob {
  return structuredClone(job)
}

function jobRunning(): FailureError {
  return new FailureError({
    code: 'job-running',
    message: 'Ledgerdrop is still working on another job with many orders.',
    remedy: 'Wait until it has finished, or cancel it. Then try again.',
  })
}

const REMEDY =
  'Orders that were finished stay as they are. Try again with the remaining orders. If it happens again, choose Help > Log a Ticket and quote the fault number.'
