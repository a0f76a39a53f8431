/**
 * Tells the latest request from earlier ones, whose answers are to be dropped. Call what it gives at the start of each request; that gives
 * whether the request is still the latest.
 */
export function latestRequest(): () => () => boolean {
  let latest = 0
  return () => {
    latest += 1
    const mine = latest
    return () => mine === latest
  }
}
