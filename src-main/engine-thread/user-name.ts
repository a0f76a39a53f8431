import { userInfo } from 'node:os'

/** The name of the computer user, under which that person's actions are recorded. */
export function userName(): string {
  try {
    return userInfo().username || 'Office'
  } catch {
    // Accounts without an entry in the system's user list have no name.
    return 'Office'
  }
}
