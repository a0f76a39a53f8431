import { Button, Modal } from '@mantine/core'
import { answerLeaving, useNavigation } from '../navigation/navigation'
import { shellText } from '../text/shell-text'

/** Asks before changes that are not saved are left behind. */
export function LeaveDialog() {
  const isAsked = useNavigation((state) => state.asked !== null)
  if (!isAsked) return null
  return (
    <Modal opened onClose={() => answerLeaving(false)} title={shellText.leave.title}>
      <div className="dialog">
        <p>{shellText.leave.explanation}</p>
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={() => answerLeaving(false)}>
            {shellText.leave.stay}
          </Button>
          <Button color="red.9" onClick={() => answerLeaving(true)}>
            {shellText.leave.leave}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
