import { answerLeaving, useNavigation } from '../navigation/navigation'
import { shellText } from '../text/shell-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'

const text = shellText.leave

async function leave(): Promise<null> {
  answerLeaving(true)
  return null
}

/** Asks before changes that are not saved are left behind. */
export function LeaveDialog() {
  const isAsked = useNavigation((state) => state.asked !== null)
  if (!isAsked) return null
  return (
    <ConfirmDialog
      title={text.title}
      cancel={text.stay}
      action={text.leave}
      isDangerous
      onConfirm={leave}
      onClose={() => answerLeaving(false)}
    >
      <p>{text.explanation}</p>
    </ConfirmDialog>
  )
}
