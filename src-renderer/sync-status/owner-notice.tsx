import { OwnerDecision } from '../sync/owner-decision'
import { useSyncStatus } from '../sync/sync-status-store'
import { FailureNotice } from '../widgets/notice'

/** A notice that nothing runs until someone decides which copy of the workspace is the real one. */
export function OwnerNotice() {
  const question = useSyncStatus((state) => state.health?.question ?? null)
  return question === null ? null : <FailureNotice failure={question} actions={<OwnerDecision />} />
}
