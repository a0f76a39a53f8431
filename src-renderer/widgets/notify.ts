import { notifications } from '@mantine/notifications'
import type { Failure, Result } from '../../src-shared/failure'

/** Shows a success message for five seconds. */
export function notifyDone(message: string): void {
  notifications.show({ message, role: 'status', autoClose: 5000, color: 'teal', withBorder: true })
}

/** Shows a failure and its remedy until the person closes it. */
export function notifyFailure(failure: Failure): void {
  // For these failures, the sign-in page or the lock page is already visible.
  if (failure.code === 'signed-out' || failure.code === 'locked') return
  notifications.show({
    id: `${failure.code}:${failure.message}`,
    title: failure.message,
    message: failure.remedy,
    role: 'alert',
    autoClose: false,
    color: 'red',
    withBorder: true,
  })
}

/** Shows the result's failure, if any. Returns true if the result is a success. */
export function notifyIfFailed(result: Result<unknown>): boolean {
  if (!result.ok) notifyFailure(result.error)
  return result.ok
}
