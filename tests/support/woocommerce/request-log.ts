import type { StoreEmail } from './store-emails.ts'

/** A request that reached the store. */
export interface LoggedRequest {
  number: number
  method: string
  path: string
  /** The query as sent. */
  query: string
  userAgent: string
  body: string
  /** The status that was sent. 0: none yet, or the connection broke first. */
  status: number
  /** The fault that the answer had. */
  fault: string | null
}

/** What a store has recorded. */
export interface StoreLog {
  requests: LoggedRequest[]
  /** The highest number of requests that were open at the same time. */
  maxConcurrency: number
  emails: StoreEmail[]
}

/** Records requests and how many are open at the same time. */
export class RequestLog {
  private requests: LoggedRequest[] = []
  private count = 0
  private open = 0
  private maxConcurrency = 0

  begin(request: Omit<LoggedRequest, 'number' | 'status' | 'fault'>): LoggedRequest {
    this.count += 1
    const logged = { ...request, number: this.count, status: 0, fault: null }
    this.requests.push(logged)
    this.open += 1
    this.maxConcurrency = Math.max(this.maxConcurrency, this.open)
    return logged
  }

  end(): void {
    this.open -= 1
  }

  snapshot(): Omit<StoreLog, 'emails'> {
    return { requests: this.requests.map((request) => ({ ...request })), maxConcurrency: this.maxConcurrency }
  }

  clear(): void {
    this.requests = []
    this.maxConcurrency = this.open
  }
}
