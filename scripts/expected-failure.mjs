import { announce } from './announce.mjs'

/** A failure that a person can do something about: what failed, and what to do. Shown without a stack trace. */
export class ExpectedFailure extends Error {
  constructor(whatFailed, whatToDo, exitCode = 1) {
    super(whatFailed)
    this.whatToDo = whatToDo
    this.exitCode = exitCode
  }
}

/** Runs a script's main function; its number becomes the exit code, an expected failure is told in plain words. */
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
