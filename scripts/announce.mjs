/** Prints a progress message to stderr: stdout is for the command's own output. */
export function announce(line) {
  process.stderr.write(`${line}\n`)
}

/** Formats a duration for display: "0.4 s", "75 s". */
export function formatSeconds(durationMs) {
  return `${(durationMs / 1000).toFixed(durationMs < 10_000 ? 1 : 0)} s`
}

/** Runs a step. Prints its name first and its duration afterwards. */
export async function announceStep(line, step) {
  announce(`${line} ...`)
  const startedAt = performance.now()
  const result = await step()
  announce(`${line}: done (${formatSeconds(performance.now() - startedAt)})`)
  return result
}
