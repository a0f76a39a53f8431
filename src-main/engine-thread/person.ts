import { userInfo } from 'node:os'

/** The name under which this person's doings are recorded: the one that they signed in to the computer with. */
export function personName(): string {
  try {
    return userInfo().username || 'Office'
  } catch {
    // Accounts without an entry in the system's user list have no name.
    return 'Office'
  }
}
