import { counted } from './dates'

/** Every word about a workspace that was copied or moved. */
export const ownerText = {
  actions: {
    'workspace.continueHere': 'Continue Here',
    'workspace.thisIsACopy': 'This Is a Copy',
  },
  what: {
    'workspace.continueHere':
      'Choose this if the office works with this workspace and no other copy of it is in use, for example after a move to a new computer.',
    'workspace.thisIsACopy': 'Choose this if the office goes on with the original, for example if this copy is for a test.',
  },
  consequence: {
    'workspace.continueHere':
      'Ledgerdrop goes on where it was. If another copy has used a drop folder, orders that it may have sent will need review.',
    'workspace.thisIsACopy':
      'It becomes a workspace of its own. Automatic sync is paused, and orders that the original may send will need review. Check the folders in Sync Settings before you resume.',
  },
  cancel: 'Cancel',
  result: (decision: 'workspace.continueHere' | 'workspace.thisIsACopy', reviewed: number) => {
    const done = decision === 'workspace.continueHere' ? 'This workspace continues here.' : 'This is a workspace of its own now.'
    return reviewed === 0 ? done : `${done} ${counted(reviewed, 'order needs', 'orders need')} review.`
  },
} as const
