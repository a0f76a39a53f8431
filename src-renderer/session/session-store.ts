import { create } from 'zustand'
import type { Role } from '../../src-shared/contract'

interface SessionState {
  /** What the person in front of the window may do. */
  role: Role
}

/** Who uses the window. */
export const useSession = create<SessionState>(() => ({ role: 'administrator' }))
