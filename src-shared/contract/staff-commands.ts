import { z } from 'zod'
import type { CommandName } from './commands'
import { command, id, query, ROLES, type Role } from './define-command'

/** The minimum length of a password, in characters. */
export const MIN_PASSWORD_LENGTH = 8

/** The default time without activity before the window locks, in minutes. */
export const DEFAULT_IDLE_MINUTES = 15

/**
 * The state of the window's session. `open`: there are no staff members yet, so the computer's user may do everything. `locked`: the signed-in person
 * has to enter their password to continue.
 */
export type SessionState = 'open' | 'signed in' | 'locked' | 'signed out'

/** The window's session. */
export interface SessionRow {
  state: SessionState
  /** The signed-in person's name; empty if signed out. */
  name: string
  /** Null if signed out. */
  role: Role | null
  /** The commands that this role may run. Screens offer no others. */
  allowed: readonly CommandName[]
}

/** A staff member. */
export interface StaffRow {
  id: number
  name: string
  role: Role
  /** False: can't sign in. Staff members are never deleted, because timelines name them. */
  isActive: boolean
  createdAt: string
  lastSignedInAt: string | null
}

/** Settings > Staff. */
export interface StaffSettings {
  members: StaffRow[]
  /** Minutes without activity before the window locks; null: never. */
  idleMinutes: number | null
}

const password = z.string().max(1000)
const name = z.string().trim().min(1).max(60)
const role = z.enum(ROLES)

/** Commands for sessions and staff members. */
export const STAFF_COMMANDS = {
  'session.get': query<SessionRow>()('anyone', z.strictObject({})),
  /** Why this computer can't keep a person signed in; null if it can. */
  'session.whyNotKept': query<{ reason: string | null }>()('anyone', z.strictObject({})),
  'session.signIn': command<SessionRow>()(
    'anyone',
    z.strictObject({ name: z.string().trim().max(60), password, isKept: z.boolean().default(false) }),
  ),
  /** Unlocks the window for the signed-in person. */
  'session.unlock': command<SessionRow>()('anyone', z.strictObject({ password })),
  'session.lock': command<SessionRow>()('anyone', z.strictObject({})),
  /** Ends the session, and no longer keeps the person signed in. */
  'session.signOut': command<SessionRow>()('anyone', z.strictObject({})),
  /** Reports activity in the window, which postpones the lock. */
  'session.touch': command<SessionRow>()('viewer', z.strictObject({})),
  /** Changes the signed-in person's own password. */
  'session.changePassword': command<SessionRow>()('viewer', z.strictObject({ current: password, password })),
  /** Creates the first staff member, an administrator, and signs them in. From then on, a sign-in is required. */
  'staff.createFirst': command<SessionRow>()('administrator', z.strictObject({ name, password, isKept: z.boolean().default(false) })),
  'staff.list': query<StaffSettings>()('administrator', z.strictObject({})),
  'staff.add': command<StaffSettings>()('administrator', z.strictObject({ name, role, password })),
  'staff.change': command<StaffSettings>()('administrator', z.strictObject({ id, name, role, isActive: z.boolean() })),
  'staff.setPassword': command<StaffSettings>()('administrator', z.strictObject({ id, password })),
  'staff.setIdleLock': command<StaffSettings>()(
    'administrator',
    z.strictObject({ idleMinutes: z.number().int().min(1).max(1440).nullable() }),
  ),
} as const
