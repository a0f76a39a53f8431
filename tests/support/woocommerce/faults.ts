import type { StoreRequest } from './rest-request.ts'

/** What goes wrong with an answer. */
export type Fault =
  /**
   * An error of the web server or a firewall in front of the shop, as an HTML page. `retryAfter`: the header, seconds
   * or a date.
   */
  | { kind: 'status'; status: number; retryAfter?: string }
  /**
   * 403, as some hosts answer programs: if the User-Agent is missing or contains this text. Other requests are answered
   * normally.
   */
  | { kind: 'user-agent'; refuses: string }
  /** The right answer, late. */
  | { kind: 'slow'; delayMs: number }
  /** A body that begins like JSON and never ends, until the client hangs up. */
  | { kind: 'never-ending' }
  /** Valid JSON of this size. By default 50 MB. */
  | { kind: 'huge'; bytes?: number }
  /** A page instead of the answer, with status 200. */
  | { kind: 'html' }
  /** Text before the answer: a byte order mark, or whatever a plugin printed. */
  | { kind: 'prefix'; text: string }
  /** The first half of the answer. `isHungUp`: the connection breaks there; otherwise the answer ends properly. */
  | { kind: 'truncated'; isHungUp?: boolean }
  /** The answer with `__proto__`, `constructor` and `prototype` in every order. */
  | { kind: 'prototype-keys' }
  /** Arrays within arrays, this deep. By default 100,000. */
  | { kind: 'deep'; depth?: number }
  /** A redirect to another address. */
  | { kind: 'redirect'; to: string; status?: number }
  /** The connection closes without an answer. */
  | { kind: 'closed' }

/** Which requests a fault applies to. */
export interface FaultScope {
  /** The number of requests. By default 1; `null`: every request until `clearFaults`. */
  times?: number | null
  /** The number of matching requests before the first that fails. */
  after?: number
  method?: string
  /** A text that the path and query contain. */
  contains?: string
  /**
   * True: the store carries out the request before the answer goes wrong, so a write takes effect although the client
   * never learns of it. Faults that change the right answer always do.
   */
  isCarriedOut?: boolean
}

interface PlannedFault extends Required<Pick<FaultScope, 'after'>> {
  fault: Fault
  scope: FaultScope
  left: number
}

/** The faults that tests have ordered, in order. */
export class FaultPlan {
  private planned: PlannedFault[] = []

  add(fault: Fault, scope: FaultScope = {}): void {
    const left = scope.times === null ? Number.POSITIVE_INFINITY : (scope.times ?? 1)
    this.planned.push({ fault, scope, left, after: scope.after ?? 0 })
  }

  clear(): void {
    this.planned = []
  }

  /** The fault of this request, which then counts as used. */
  take(request: StoreRequest, url: string): { fault: Fault; isCarriedOut: boolean } | null {
    for (const planned of this.planned) {
      const { fault, scope } = planned
      if (planned.left === 0 || !applies(scope, request, url)) continue
      if (planned.after > 0) {
        planned.after -= 1
        continue
      }
      if (fault.kind === 'user-agent' && !isRefused(request.userAgent, fault.refuses)) continue
      planned.left -= 1
      return { fault, isCarriedOut: scope.isCarriedOut ?? ['slow', 'prefix', 'truncated', 'prototype-keys'].includes(fault.kind) }
    }
    return null
  }
}

function applies({ method, contains }: FaultScope, request: StoreRequest, url: string): boolean {
  return (method === undefined || method === request.method) && (contains === undefined || url.includes(contains))
}

function isRefused(userAgent: string, refuses: string): boolean {
  return userAgent === '' || userAgent.toLowerCase().includes(refuses.toLowerCase())
}
