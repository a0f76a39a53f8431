/** The texts of the sign-in page, the lock page and the user menu. */
export const sessionText = {
  name: 'Name',
  password: 'Password',
  signIn: {
    title: 'Sign in to Ledgerdrop',
    keep: 'Keep me signed in on this computer',
    keepHelp:
      'You won’t need a password at the next start, so anyone who uses your account on this computer can open Ledgerdrop. It still locks when it is idle.',
    cannotKeep: (reason: string) => `Not available on this computer: ${reason}.`,
    submit: 'Sign In',
    syncContinues: 'Automatic sync continues while nobody is signed in.',
  },
  lock: {
    title: 'Ledgerdrop is locked',
    who: (name: string) => `${name}, enter your password to continue where you left off.`,
    submit: 'Unlock',
    switchUser: 'Sign In as Someone Else',
    switchUserHelp: 'Unsaved changes will be lost.',
  },
  forgot: {
    title: 'Forgot the password?',
    ask: 'An administrator can set a new one in Settings > Staff > Set Password.',
    last: 'If no administrator can sign in, run this command on this computer. It asks for the new password.',
    command: 'ledgerdrop --headless staff set-password NAME --workspace FOLDER',
  },
  menu: {
    label: (name: string) => `Signed in as ${name}`,
    changePassword: 'Change Password',
    lock: 'Lock',
    signOut: 'Sign Out',
  },
  newPassword: {
    label: 'New password',
    description: (minLength: number) => `At least ${minLength} characters.`,
    again: 'Confirm new password',
    tooShort: (minLength: number) => `Enter at least ${minLength} characters.`,
    differs: 'The two passwords don’t match.',
  },
  changePassword: {
    title: 'Change Password',
    current: 'Current password',
    submit: 'Change Password',
    cancel: 'Cancel',
    done: 'Password changed.',
  },
} as const
