import { notifications } from '@mantine/notifications'
import type { Failure, Result } from '../../src-shared/failure'

/** Confirms shortly that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, role: 'status', autoClose: 5000, color: 'teal', withBorder: true })
}

/** Says what went wrong and what to do; stays until it is closed. */
export function notifyFailure(failure: Failure): void {
  // The sign-in or lock page says so.
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

/** Tells a failure if there is one; true where there is none. */
export function notifyIfFailed(result: Result<unknown>): boolean {
  if (!result.ok) notifyFailure(result.error)
  return result.ok
}
