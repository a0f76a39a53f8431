/** Tells the person what happens, on stderr: stdout belongs to the command that was asked for. */
export function announce(line) {
  process.stderr.write(`${line}\n`)
}

/** A duration for people: "0.4 s", "75 s". */
export function inSeconds(durationMs) {
  return `${(durationMs / 1000).toFixed(durationMs < 10_000 ? 1 : 0)} s`
}

/** Announces a step, then how long it took. */
export async function announceStep(line, step) {
  announce(`${line} ...`)
  const startedAt = performance.now()
  const result = await step()
  announce(`${line}: done (${inSeconds(performance.now() - startedAt)})`)
  return result
}
