/** An answer of the REST API, before it becomes bytes. */
export interface RestAnswer {
  status: number
  body: unknown
  headers: Record<string, string>
}

/** Ends a request with an answer that isn't a success. */
export class RestFailure extends Error {
  readonly answer: RestAnswer

  constructor(answer: RestAnswer) {
    super(`The request is answered with ${answer.status}`)
    this.answer = answer
  }
}

/** An error as WordPress answers it. */
export function restError(status: number, code: string, message: string, data: Record<string, unknown> = {}): RestFailure {
  return new RestFailure({ status, body: { code, message, data: { status, ...data } }, headers: {} })
}

/** The 400 for a parameter, as recorded for `per_page` and `status`. */
export function invalidParameter(name: string, code: string, message: string): RestFailure {
  return restError(400, 'rest_invalid_param', `Invalid parameter(s): ${name}`, {
    params: { [name]: message },
    details: { [name]: { code, message, data: null } },
  })
}

/** A request that a real WooCommerce can answer and the stand-in can't. A test that gets it needs a bigger stand-in. */
export function notCovered(what: string): RestFailure {
  return restError(501, 'stand_in_not_covered', `The stand-in doesn't cover ${what}.`)
}
