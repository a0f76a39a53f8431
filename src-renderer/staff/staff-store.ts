import { create } from 'zustand'
import type { CommandInput, StaffSettings } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call } from '../client/client'
import { takeSession } from '../session/session-store'

interface StaffState {
  staff: StaffSettings | null
  failure: Failure | null
}

/** Staff members and the idle lock. */
export const useStaff = create<StaffState>(() => ({ staff: null, failure: null }))

/** Reads them. */
export async function loadStaff(): Promise<void> {
  const result = await call('staff.list', {})
  useStaff.setState(result.ok ? { staff: result.value, failure: null } : { failure: result.error })
}

function take(result: Result<StaffSettings>): Failure | null {
  if (!result.ok) return result.error
  useStaff.setState({ staff: result.value, failure: null })
  return null
}

/** Makes the first administrator and signs them in; gives the failure where it is refused. */
export async function createFirst(input: CommandInput<'staff.createFirst'>): Promise<Failure | null> {
  const result = await call('staff.createFirst', input)
  if (!result.ok) return result.error
  takeSession(result.value)
  await loadStaff()
  return null
}

/** Adds a staff member; gives the failure where it is refused. */
export async function addMember(input: CommandInput<'staff.add'>): Promise<Failure | null> {
  return take(await call('staff.add', input))
}

/** Changes a staff member; gives the failure where it is refused. */
export async function changeMember(input: CommandInput<'staff.change'>): Promise<Failure | null> {
  return take(await call('staff.change', input))
}

/** Sets a staff member's password; gives the failure where it is refused. */
export async function setMemberPassword(input: CommandInput<'staff.setPassword'>): Promise<Failure | null> {
  return take(await call('staff.setPassword', input))
}

/** Sets after how long without use the window is locked; gives the failure where it is refused. */
export async function setIdleLock(idleMinutes: number | null): Promise<Failure | null> {
  return take(await call('staff.setIdleLock', { idleMinutes }))
}
