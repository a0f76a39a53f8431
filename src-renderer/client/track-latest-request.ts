/**
 * Tracks which request is the latest, so that callers can ignore the results of outdated requests. Call the returned
 * function at the start of each request. It returns a function that says whether that request is still the latest.
 */
export function trackLatestRequest(): () => () => boolean {
  let latest = 0
  return () => {
    latest += 1
    const current = latest
    return () => current === latest
  }
}
