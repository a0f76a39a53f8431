import { counted } from './dates'

/** The texts about a workspace that was copied or moved. */
export const ownerText = {
  actions: {
    'workspace.continueHere': 'Continue Here',
    'workspace.thisIsACopy': 'This Is a Copy',
  },
  what: {
    'workspace.continueHere':
      'Choose this if your office uses this workspace and no other copy of it is in use, for example after a move to a new computer.',
    'workspace.thisIsACopy': 'Choose this if your office still uses the original, for example if this copy is for testing.',
  },
  consequence: {
    'workspace.continueHere':
      'Ledgerdrop continues where it left off. If another copy has used a drop folder, orders that it may have sent will need review.',
    'workspace.thisIsACopy':
      'This copy becomes a separate workspace. Automatic sync is paused, and orders that the original may send will need review. Check the folders in Sync Settings before you resume the sync.',
  },
  cancel: 'Cancel',
  result: (decision: 'workspace.continueHere' | 'workspace.thisIsACopy', reviewed: number) => {
    const done =
      decision === 'workspace.continueHere' ? 'Ledgerdrop continues with this workspace.' : 'This copy is now a separate workspace.'
    return reviewed === 0 ? done : `${done} ${counted(reviewed, 'order needs', 'orders need')} review.`
  },
} as const
