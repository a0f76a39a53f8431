import { Button, Modal } from '@mantine/core'
import { answerLeaving, useNavigation } from './navigation'

/** Asks before changes that are not saved are left behind. */
export function LeaveDialog() {
  const isAsked = useNavigation((state) => state.asked !== null)
  if (!isAsked) return null
  return (
    <Modal opened onClose={() => answerLeaving(false)} title="Leave without saving?">
      <div className="dialog">
        <p>Your changes on this page are not saved.</p>
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={() => answerLeaving(false)}>
            Stay on This Page
          </Button>
          <Button color="red.9" onClick={() => answerLeaving(true)}>
            Leave Without Saving
          </Button>
        </div>
      </div>
    </Modal>
  )
}
