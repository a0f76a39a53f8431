import { create } from 'zustand'
import type { CommandInput, StaffSettings } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call } from '../client/client'
import { applySession } from '../session/session-store'

interface StaffState {
  staff: StaffSettings | null
  failure: Failure | null
}

/** Staff members and the idle lock. */
export const useStaff = create<StaffState>(() => ({ staff: null, failure: null }))

/** Reads staff members and the idle lock. */
export async function loadStaff(): Promise<void> {
  const result = await call('staff.list', {})
  useStaff.setState(result.ok ? { staff: result.value, failure: null } : { failure: result.error })
}

function applyStaff(result: Result<StaffSettings>): Failure | null {
  if (!result.ok) return result.error
  useStaff.setState({ staff: result.value, failure: null })
  return null
}

/** Creates the first administrator and signs them in. Returns the failure, or null. */
export async function createFirstAdministrator(input: CommandInput<'staff.createFirst'>): Promise<Failure | null> {
  const result = await call('staff.createFirst', input)
  if (!result.ok) return result.error
  applySession(result.value)
  await loadStaff()
  return null
}

/** Adds a staff member. Returns the failure, or null. */
export async function addMember(input: CommandInput<'staff.add'>): Promise<Failure | null> {
  return applyStaff(await call('staff.add', input))
}

/** Changes a staff member. Returns the failure, or null. */
export async function changeMember(input: CommandInput<'staff.change'>): Promise<Failure | null> {
  return applyStaff(await call('staff.change', input))
}

/** Sets a staff member's password. Returns the failure, or null. */
export async function setMemberPassword(input: CommandInput<'staff.setPassword'>): Promise<Failure | null> {
  return applyStaff(await call('staff.setPassword', input))
}

/**
 * Sets the number of minutes of inactivity after which the window locks; null means never. Returns the failure, or
 * null.
 */
export async function setIdleLock(idleMinutes: number | null): Promise<Failure | null> {
  return applyStaff(await call('staff.setIdleLock', { idleMinutes }))
}
