import { OwnerDecision } from '../problems/owner-decision'
import { FailureNotice } from '../widgets/notice'
import { useSyncStatus } from './sync-status-store'

/** Says that nothing runs until a person has said which copy of the workspace is the real one. */
export function OwnerNotice() {
  const question = useSyncStatus((state) => state.health?.question ?? null)
  return question === null ? null : <FailureNotice failure={question} actions={<OwnerDecision />} />
}
