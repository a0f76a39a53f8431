import type { OrderJob } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { diskFailure } from '../database/open-database'

const TELL_EVERY_MS = 250

/** What a job's work reports to, and asks whether it is to stop. */
export interface JobProgress {
  job: OrderJob
  signal: AbortSignal
  /** Tells the screens how far it is, now and then. */
  progressed(): void
}

/** Does things to many orders in batches, one job at a time, beside the sync and the screens. */
export class OrderJobs {
  private job: OrderJob | null = null
  private stopping = new AbortController()
  private running: Promise<void> = Promise.resolve()
  private lastToldMs = 0

  constructor(private readonly engine: EngineContext) {}

  /** The job under way, or the last one; null where there was none. */
  get current(): OrderJob | null {
    return this.job === null ? null : copyOf(this.job)
  }

  /** Begins a job and gives it. Throws FailureError `job-running` while another runs. */
  begin(kind: OrderJob['kind'], work: (progress: JobProgress) => Promise<void>): OrderJob {
    if (this.job?.state === 'running') throw jobRunning()
    const job: OrderJob = {
      id: this.engine.newId(),
      kind,
      state: 'running',
      done: 0,
      total: 0,
      changed: 0,
      leftAlone: [],
      failure: null,
      file: null,
    }
    this.job = job
    this.stopping = new AbortController()
    this.running = this.run(job, work, this.stopping.signal)
    return copyOf(job)
  }

  /** Stops a job after the batch under way. */
  cancel(jobId: number): void {
    if (this.job?.id === jobId) this.stopping.abort()
  }

  /** Stops what runs and waits for it. */
  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  private async run(job: OrderJob, work: (progress: JobProgress) => Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work({ job, signal, progressed: () => this.progressed(job) })
      job.state = signal.aborted ? 'cancelled' : 'done'
    } catch (error) {
      job.state = 'failed'
      job.failure = this.failureOf(job, error)
    }
    this.tell(job)
  }

  private failureOf({ kind }: OrderJob, error: unknown): Failure {
    const known = error instanceof FailureError ? error : diskFailure(error)
    if (known === null) return { ...internalFailure(this.engine.log, `Job ${kind}`, error), code: 'job-failed', remedy: REMEDY }
    this.engine.log.error(`Job ${kind} failed`, known)
    return known.toFailure()
  }

  private progressed(job: OrderJob): void {
    const now = this.engine.clock.now().getTime()
    if (Math.abs(now - this.lastToldMs) >= TELL_EVERY_MS) this.tell(job)
  }

  private tell(job: OrderJob): void {
    this.lastToldMs = this.engine.clock.now().getTime()
    this.engine.publish('job.changed', { job: copyOf(job) })
  }
}

function copyOf(job: OrderJob): OrderJob {
  return structuredClone(job)
}

function jobRunning(): FailureError {
  return new FailureError({
    code: 'job-running',
    message: 'Ledgerdrop is still busy with many orders.',
    remedy: 'Wait until that has ended, or cancel it, and try again.',
  })
}

const REMEDY =
  'What was done stays done. Try again with the orders that are left. If it happens again, choose Help, Log a Ticket, and write the fault’s number.'
