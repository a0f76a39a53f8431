/**
 * Lets callers ignore the results of outdated requests. Call the returned function at the start of each request. It returns another function,
 * which says whether that request is still the latest.
 */
export function latestRequest(): () => () => boolean {
  let latest = 0
  return () => {
    latest += 1
    const mine = latest
    return () => mine === latest
  }
}
