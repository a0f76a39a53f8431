/** Words of signing in, of the lock and of the person's own menu. */
export const sessionText = {
  name: 'Name',
  password: 'Password',
  signIn: {
    title: 'Sign in to Ledgerdrop',
    keep: 'Keep me signed in on this computer',
    keepHelp:
      'The next start needs no password: whoever uses your account on this computer can open Ledgerdrop. It still locks when nobody uses it.',
    cannotKeep: (reason: string) => `Not possible on this computer: ${reason}.`,
    submit: 'Sign In',
    syncGoesOn: 'Automatic sync goes on while nobody is signed in.',
  },
  lock: {
    title: 'Ledgerdrop is locked',
    who: (name: string) => `${name}, enter your password to go on where you were.`,
    submit: 'Unlock',
    somebodyElse: 'Sign in as somebody else',
    somebodyElseHelp: 'What is typed and not saved is lost then.',
  },
  forgot: {
    title: 'Forgot the password?',
    ask: 'An administrator can set a new one: Settings, Staff, Set Password.',
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
    description: (shortest: number) => `At least ${shortest} characters.`,
    again: 'New password again',
    tooShort: (shortest: number) => `At least ${shortest} characters.`,
    differs: 'The two are not the same.',
  },
  changePassword: {
    title: 'Change Password',
    current: 'Current password',
    submit: 'Change Password',
    cancel: 'Cancel',
    done: 'Your password is changed.',
  },
} as const
