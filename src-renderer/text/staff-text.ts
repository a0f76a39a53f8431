import type { Role } from '../../src-shared/contract/contract'

/** What each role is called and may do. */
const ROLE_WORDS: Readonly<Record<Role, { title: string; may: string }>> = {
  administrator: { title: 'Administrator', may: 'everything: settings, staff, e-mail' },
  operator: { title: 'Operator', may: 'orders and sync: change status, edit, Sync Now, problems, codes' },
  viewer: { title: 'Viewer', may: 'look at everything, change nothing' },
}

/** Words of Settings > Staff. */
export const staffText = {
  title: 'Staff',
  waiting: 'Reading the staff',
  roles: ROLE_WORDS,
  open: {
    explanation: (name: string) =>
      `Nobody has to sign in: whoever opens Ledgerdrop on this computer does everything, recorded as ${name}. With an administrator people sign in, each with their own role, and the timeline says who did what.`,
    form: 'First administrator',
    submit: 'Create Administrator',
    done: (name: string) => `You are signed in as ${name}.`,
  },
  name: 'Name',
  nameMissing: 'Give a name.',
  role: 'Role',
  password: 'Password',
  passwordAgain: 'Password again',
  table: { name: 'Name', role: 'Role', lastSignedIn: 'Last signed in', actions: 'Actions', never: 'Never', inactive: 'Deactivated' },
  add: 'Add Staff Member',
  addForm: 'New staff member',
  added: (name: string) => `${name} can sign in now.`,
  edit: {
    label: (name: string) => `Edit ${name}`,
    button: 'Edit',
    title: (name: string) => `Edit ${name}`,
    done: (name: string) => `${name} saved.`,
  },
  setPassword: {
    label: (name: string) => `Set password of ${name}`,
    button: 'Set Password',
    title: (name: string) => `Set Password: ${name}`,
    explanation: (name: string) =>
      `The former password ends at once. Tell ${name} the new one; they can change it in their menu at the top right.`,
    done: (name: string) => `${name} has a new password.`,
  },
  deactivate: {
    label: (name: string) => `Deactivate ${name}`,
    button: 'Deactivate',
    title: (name: string) => `Deactivate ${name}?`,
    explanation: (name: string) =>
      `${name} is signed out at once and cannot sign in any more. The name stays on timelines. You can activate ${name} again.`,
    done: (name: string) => `${name} is deactivated.`,
  },
  activate: { label: (name: string) => `Activate ${name}`, button: 'Activate', done: (name: string) => `${name} can sign in again.` },
  save: 'Save',
  cancel: 'Cancel',
  idle: {
    label: 'Lock when nobody uses the window for',
    choices: [
      { value: '1', label: '1 minute' },
      { value: '5', label: '5 minutes' },
      { value: '15', label: '15 minutes' },
      { value: '30', label: '30 minutes' },
      { value: '60', label: '1 hour' },
      { value: '240', label: '4 hours' },
    ],
    other: (minutes: string) => `${minutes} minutes`,
    never: 'never',
    done: 'Saved.',
  },
} as const
