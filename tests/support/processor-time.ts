/** Runs work and returns what it gave, with the milliseconds of processor time of this process: the clock would count other programs as well. */
export async function withProcessorMs<Value>(work: () => Promise<Value>): Promise<{ value: Value; processorMs: number }> {
  const start = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(start)
  return { value, processorMs: (user + system) / 1000 }
}
