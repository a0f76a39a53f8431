import { app } from 'electron'

/** The command line's main function: takes its words, gives the exit status. */
export type RunCommandLine = (words: string[]) => Promise<number>

/** `ledgerdrop --headless COMMAND …`: the command line in the packaged program, without windows, lock or tray. */
export async function runHeadless(words: readonly string[], load: () => Promise<RunCommandLine>): Promise<void> {
  // Standard error is for the command line's own words; Chromium has much to say about displays that nobody needs here.
  app.commandLine.appendSwitch('log-level', '3')
  app.disableHardwareAcceleration()
  let status = 1
  try {
    const run = await load()
    status = await run([...words])
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  }
  // On Windows writing to a pipe takes time, and `exit` waits for nothing.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))))
  app.exit(status)
}
