import type { Role } from '../../src-shared/contract/contract'

/** The title of each role, and what it is allowed to do. */
const ROLES: Readonly<Record<Role, { title: string; may: string }>> = {
  administrator: { title: 'Administrator', may: 'do everything, including managing settings, staff and email' },
  operator: {
    title: 'Operator',
    may: 'view everything; change order statuses, edit and send orders, run the sync, resolve problems, manage codes',
  },
  viewer: { title: 'Viewer', may: 'view everything, change nothing' },
}

/** The texts of Settings > Staff. */
export const staffText = {
  title: 'Staff',
  waiting: 'Loading staff',
  roles: ROLES,
  open: {
    explanation: (name: string) =>
      `Nobody has to sign in. Anyone who opens Ledgerdrop on this computer can do everything, and all actions are recorded under the name ${name}. After you create an administrator, everyone has to sign in. Each person has a role, and the timeline records who did what.`,
    form: 'First administrator',
    submit: 'Create Administrator',
    done: (name: string) => `You are signed in as ${name}.`,
  },
  name: 'Name',
  nameMissing: 'Enter a name.',
  role: 'Role',
  password: 'Password',
  passwordAgain: 'Confirm password',
  table: { name: 'Name', role: 'Role', lastSignedIn: 'Last Signed In', actions: 'Actions', never: 'Never', inactive: 'Deactivated' },
  add: 'Add Staff Member',
  addForm: 'New staff member',
  added: (name: string) => `${name} added. They can sign in now.`,
  edit: {
    label: (name: string) => `Edit ${name}`,
    button: 'Edit',
    title: (name: string) => `Edit ${name}`,
    done: (name: string) => `${name} saved.`,
  },
  setPassword: {
    label: (name: string) => `Set password for ${name}`,
    button: 'Set Password',
    title: (name: string) => `Set Password for ${name}`,
    explanation: (name: string) =>
      `The old password stops working immediately. Give ${name} the new one. They can change it in their menu at the top right.`,
    done: (name: string) => `Password for ${name} changed.`,
  },
  deactivate: {
    label: (name: string) => `Deactivate ${name}`,
    button: 'Deactivate',
    title: (name: string) => `Deactivate ${name}?`,
    explanation: (name: string) =>
      `${name} is signed out immediately and can no longer sign in. The name stays on timelines. You can reactivate ${name} later.`,
    done: (name: string) => `${name} deactivated.`,
  },
  activate: {
    label: (name: string) => `Activate ${name}`,
    button: 'Activate',
    done: (name: string) => `${name} activated. They can sign in again.`,
  },
  save: 'Save',
  cancel: 'Cancel',
  idle: {
    label: 'Lock after inactivity',
    choices: [
      { value: '1', label: '1 minute' },
      { value: '5', label: '5 minutes' },
      { value: '15', label: '15 minutes' },
      { value: '30', label: '30 minutes' },
      { value: '60', label: '1 hour' },
      { value: '240', label: '4 hours' },
    ],
    other: (minutes: string) => `${minutes} minutes`,
    never: 'Never',
    done: 'Lock setting saved.',
  },
} as const
