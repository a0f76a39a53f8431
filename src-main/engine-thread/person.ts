import { userInfo } from 'node:os'

/** The computer user's name, under which their actions are recorded. */
export function userName(): string {
  try {
    return userInfo().username || 'Office'
  } catch {
    // Accounts without an entry in the system's user list have no name.
    return 'Office'
  }
}
