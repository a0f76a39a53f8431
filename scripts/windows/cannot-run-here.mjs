/** Why the tests for Windows can't run on this computer, in a sentence. Not a failure: they are counted as skipped. */
export class CannotRunHere extends Error {}
