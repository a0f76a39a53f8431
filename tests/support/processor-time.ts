/** Runs `work` and returns its value and the processor time that this process used, in ms. Wall-clock time would include other programs. */
export async function measureProcessorMs<Value>(work: () => Promise<Value>): Promise<{ value: Value; processorMs: number }> {
  const start = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(start)
  return { value, processorMs: (user + system) / 1000 }
}
