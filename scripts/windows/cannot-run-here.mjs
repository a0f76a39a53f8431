/**
 * Thrown if the Windows tests can't run on this computer; the message is a sentence that says why. The tests then count
 * as skipped.
 */
export class CannotRunHere extends Error {}
