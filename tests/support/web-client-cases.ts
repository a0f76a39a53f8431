import type { WebAnswer, WebRequest } from '../../src-shared/web-request'
import { BOMB_BYTES } from './answering-server'

/** An answer as a test compares it: the body as text, and the headers that the test is about. */
export type ReadWebAnswer = Exclude<WebAnswer, { kind: 'answered' }> | { kind: 'answered'; status: number; headers: object; text: string }

/** The answer with its body as text. */
export function readAnswer(answer: WebAnswer): ReadWebAnswer {
  if (answer.kind !== 'answered') return answer
  const { kind, status, headers, bytes } = answer
  return { kind, status, headers: { ...headers }, text: Buffer.from(bytes).toString('utf8') }
}

/** A request that every client of the engine must answer alike, to an `AnsweringServer`. */
export interface WebClientCase {
  name: string
  path: string
  change?: Partial<WebRequest>
  /** True: the request is aborted when the server has received it. */
  isAborted?: boolean
  /** True: the server notices that the client hangs up. */
  isHungUp?: boolean
  /** What the answer contains. */
  answer: Record<string, unknown>
  /** What the server has received. */
  received?: Record<string, unknown>
}

/** The client's behaviour, whatever network it uses. */
export const WEB_CLIENT_CASES: readonly WebClientCase[] = [
  {
    name: 'sends the method, the headers and the body, and no cookies',
    path: '/orders?a=1',
    change: {
      method: 'POST',
      headers: { 'user-agent': 'Test/1', authorization: 'Basic QTpC', 'content-type': 'application/json' },
      body: '{"ü":2}',
    },
    answer: { kind: 'answered', status: 200, text: '{"ü":1}' },
    received: {
      method: 'POST',
      path: '/orders?a=1',
      body: '{"ü":2}',
      headers: { 'user-agent': 'Test/1', authorization: 'Basic QTpC', 'content-type': 'application/json' },
    },
  },
  {
    name: 'can replace',
    path: '/put',
    change: { method: 'PUT', body: '{}' },
    answer: { status: 200 },
    received: { method: 'PUT', body: '{}' },
  },
  {
    name: 'returns the headers in lower case, repeated ones joined',
    path: '/headers',
    answer: { headers: { 'x-wp-total': '7', link: '<a>; rel="next", <b>; rel="prev"' } },
    received: { method: 'GET', body: '' },
  },
  { name: 'returns a refusal with its body', path: '/refused', answer: { kind: 'answered', status: 401, text: '{"code":"no"}' } },
  { name: 'returns an answer without a body', path: '/nothing', answer: { kind: 'answered', status: 204, text: '' } },
  { name: 'does not follow a redirect', path: '/elsewhere', answer: { kind: 'redirected', to: 'https://elsewhere.example/?a=1' } },
  { name: 'hangs up at the size limit of an answer without an end', path: '/endless', isHungUp: true, answer: { kind: 'too-large' } },
  {
    name: 'stops at the size limit after decompression',
    path: '/bomb',
    change: { maxBytes: BOMB_BYTES - 1 },
    answer: { kind: 'too-large' },
  },
  {
    name: 'reads up to the size limit',
    path: '/bomb',
    change: { maxBytes: BOMB_BYTES },
    answer: { kind: 'answered', status: 200 },
  },
  { name: 'reports an answer that ends too early', path: '/cut', answer: { kind: 'unreachable', reason: expectText() } },
  { name: 'ends when it is aborted before an answer', path: '/silent', isAborted: true, isHungUp: true, answer: { kind: 'aborted' } },
  { name: 'ends when it is aborted within an answer', path: '/drip', isAborted: true, isHungUp: true, answer: { kind: 'aborted' } },
]

/** Any text. Both test runners compare with it. */
function expectText(): object {
  return { asymmetricMatch: (value: unknown) => typeof value === 'string' && value !== '' }
}

/** The request of a case. */
export function requestOf(origin: string, { path, change }: WebClientCase): WebRequest {
  return { address: `${origin}${path}`, method: 'GET', headers: { 'user-agent': 'Test/1' }, body: null, maxBytes: 1_000_000, ...change }
}
