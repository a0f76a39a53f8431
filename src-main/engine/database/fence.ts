import { FailureError } from '../../../src-shared/failure'

/** Another engine has been started on the workspace since: this one may not write any more. */
export class SupersededError extends FailureError {
  constructor() {
    super({
      code: 'workspace-taken-over',
      message: 'Another Ledgerdrop has opened this workspace since. This one has stopped working.',
      remedy: 'Quit this Ledgerdrop, and use the one that was started last. Nothing is lost and nothing is sent twice.',
    })
  }
}

/** What every transaction of an engine is compared with at its beginning: the number of the engine's own start; null before it has one. */
export interface Fence {
  epoch: number | null
}
