import { FailureError } from '../../../src-shared/failure'

/** Thrown if another engine has started on the workspace since this one did. This one may no longer write. */
export class SupersededError extends FailureError {
  constructor() {
    super({
      code: 'workspace-taken-over',
      message: 'Another copy of Ledgerdrop has opened this workspace, so this one can no longer use it.',
      remedy: 'Quit this Ledgerdrop and use the one that was started last. Nothing is lost and nothing is sent twice.',
    })
  }
}

/** This engine's epoch, which every transaction checks when it begins; null until the engine has one. */
export interface Fence {
  epoch: number | null
}
