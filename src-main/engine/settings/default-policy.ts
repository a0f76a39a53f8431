import type { PickUpPolicy } from '../../../src-shared/contract'
import type { ProfileName } from '../../../src-shared/profiles'

/** Folders that Attaché's unattended KFI import uses. Seen at a site, not specified: they can be edited. */
const ATTACHE_FOLDERS = { success: 'Success', failure: 'Failure', notProcessed: 'NotProcessed', hold: 'Hold' } as const

/** How a destination of that profile learns what became of its files, until the office says otherwise. */
export function defaultPolicy(profile: ProfileName): PickUpPolicy {
  const isAttache = profile === 'attache-kfi' || profile === 'attache-xmlkfi'
  return {
    answerFolders: isAttache ? { ...ATTACHE_FOLDERS } : null,
    companions: isAttache
      ? [{ pattern: '{base}.err', verdict: 'rejected' }]
      : [
          { pattern: '{base}.err', verdict: 'rejected' },
          { pattern: '{base}.ack', verdict: 'accepted' },
          { pattern: '{base}.log', verdict: 'note' },
        ],
    responseFolder: null,
    overdueMinutes: 60,
    goneMeans: isAttache ? 'unknown' : 'picked up',
  }
}
