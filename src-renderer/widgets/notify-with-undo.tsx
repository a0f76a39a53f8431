import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

const TIME_TO_UNDO_MS = 15_000

/** Confirms that something was done, with a button that takes it back. */
export function notifyWithUndo(message: string, label: string, undo: () => void): void {
  const takeBack = () => {
    notifications.hide(id)
    undo()
  }
  const id = notifications.show({
    message: (
      <div className="undo">
        <span>{message}</span>
        <Button variant="default" size="compact-sm" onClick={takeBack}>
          {label}
        </Button>
      </div>
    ),
    role: 'status',
    autoClose: TIME_TO_UNDO_MS,
    color: 'teal',
    withBorder: true,
  })
}
