import { z } from 'zod'
import type { CommandName } from './commands'
import { command, id, query, ROLES, type Role } from './define-command'

/** The least characters of a password. */
export const SHORTEST_PASSWORD = 8

/** How long nobody may use the window before it is locked, where nothing else is set, in minutes. */
export const DEFAULT_IDLE_MINUTES = 15

/**
 * How the window's session is. `open`: there are no staff members yet, the computer's user does everything. `locked`: the same person goes on with
 * their password.
 */
export type SessionState = 'open' | 'signed in' | 'locked' | 'signed out'

/** Who uses the window. */
export interface SessionRow {
  state: SessionState
  /** The person's name; empty when signed out. */
  name: string
  /** Null when signed out. */
  role: Role | null
  /** The commands that this role may give: a screen does not offer what would be refused. */
  allowed: readonly CommandName[]
}

/** A person who signs in. */
export interface StaffRow {
  id: number
  name: string
  role: Role
  /** False: cannot sign in. Nobody is deleted, for timelines name them. */
  isActive: boolean
  createdAt: string
  lastSignedInAt: string | null
}

/** Settings > Staff. */
export interface StaffSettings {
  members: StaffRow[]
  /** After how long without use the window is locked; null: never. */
  idleMinutes: number | null
}

const password = z.string().max(1000)
const name = z.string().trim().min(1).max(60)
const role = z.enum(ROLES)

/** Signing in and out, and who may. */
export const STAFF_COMMANDS = {
  'session.get': query<SessionRow>()('anyone', z.strictObject({})),
  /** Why a sign-in cannot be kept on this computer; null where it can. */
  'session.whyNotKept': query<{ reason: string | null }>()('anyone', z.strictObject({})),
  'session.signIn': command<SessionRow>()(
    'anyone',
    z.strictObject({ name: z.string().trim().max(60), password, isKept: z.boolean().default(false) }),
  ),
  /** Goes on after a lock. */
  'session.unlock': command<SessionRow>()('anyone', z.strictObject({ password })),
  'session.lock': command<SessionRow>()('anyone', z.strictObject({})),
  /** Ends the session, and what was kept of it. */
  'session.signOut': command<SessionRow>()('anyone', z.strictObject({})),
  /** Says that a person uses the window: puts the lock off. */
  'session.touch': command<SessionRow>()('viewer', z.strictObject({})),
  /** A person's own password. */
  'session.changePassword': command<SessionRow>()('viewer', z.strictObject({ current: password, password })),
  /** The first staff member, an administrator: from now on people sign in. Signs them in. */
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
