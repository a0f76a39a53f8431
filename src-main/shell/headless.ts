import { app } from 'electron'

/** The command line's main function: takes its arguments, returns the exit status. */
export type RunCommandLine = (args: string[]) => Promise<number>

/** `ledgerdrop --headless COMMAND …`: runs the command line in the packaged program, without windows, lock or tray. */
export async function runHeadless(args: readonly string[], load: () => Promise<RunCommandLine>): Promise<void> {
  // Standard error is for the command line's messages. Chromium would add warnings about displays.
  app.commandLine.appendSwitch('log-level', '3')
  app.disableHardwareAcceleration()
  let status = 1
  try {
    const run = await load()
    status = await run([...args])
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
  }
  // On Windows, pipes are written asynchronously, and `exit` doesn't wait for them.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))))
  app.exit(status)
}
