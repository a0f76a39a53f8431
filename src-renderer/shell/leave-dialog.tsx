import { confirmLeaving, useNavigation } from '../navigation/navigation'
import { shellText } from '../text/shell-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'

const text = shellText.leave

async function leave(): Promise<null> {
  confirmLeaving(true)
  return null
}

/** Asks before unsaved changes are discarded. */
export function LeaveDialog() {
  const isAsking = useNavigation((state) => state.pendingLeave !== null)
  if (!isAsking) return null
  return (
    <ConfirmDialog
      title={text.title}
      cancel={text.stay}
      action={text.leave}
      isDangerous
      onConfirm={leave}
      onClose={() => confirmLeaving(false)}
    >
      <p>{text.explanation}</p>
    </ConfirmDialog>
  )
}
