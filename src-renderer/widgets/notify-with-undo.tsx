import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

const UNDO_PERIOD_MS = 15_000

/** Shows a success message for 15 seconds, with a button that undoes the action. `label` is the button's label. */
export function notifyWithUndo(message: string, label: string, undo: () => void): void {
  const onUndo = () => {
    notifications.hide(id)
    undo()
  }
  const id = notifications.show({
    message: (
      <div className="undo">
        <span>{message}</span>
        <Button variant="default" size="compact-sm" onClick={onUndo}>
          {label}
        </Button>
      </div>
    ),
    role: 'status',
    autoClose: UNDO_PERIOD_MS,
    color: 'teal',
    withBorder: true,
  })
}
