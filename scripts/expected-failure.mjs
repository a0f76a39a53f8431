import { announce } from './announce.mjs'

/** An error that a user can fix. Says what failed and what to do; shown without a stack trace. */
export class ExpectedFailure extends Error {
  constructor(whatFailed, whatToDo, exitCode = 1) {
    super(whatFailed)
    this.whatToDo = whatToDo
    this.exitCode = exitCode
  }
}

/** Runs a script's main function. The number it returns becomes the exit code; an expected failure is printed without a stack trace. */
export async function runAsProgram(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    announce(`\n${error.message}`)
    if (error.whatToDo) announce(error.whatToDo)
    process.exitCode = error.exitCode
  }
}
