/** Says in a sentence why the Windows tests can't run on this computer. Not a failure: the tests count as skipped. */
export class CannotRunHere extends Error {}
