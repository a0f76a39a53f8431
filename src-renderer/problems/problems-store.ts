import { create } from 'zustand'
import type { ProblemRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client'

interface ProblemsState {
  /** Null until the first answer. */
  problems: ProblemRow[] | null
  failure: Failure | null
}

/** What needs a person. */
export const useProblems = create<ProblemsState>(() => ({ problems: null, failure: null }))

/** Reads the problems. */
export async function loadProblems(): Promise<void> {
  const result = await call('sync.problems', {})
  useProblems.setState(result.ok ? { problems: result.value.problems, failure: null } : { failure: result.error })
}

/** Closes a problem with a reason; gives the failure where it is refused. */
export async function dismissProblem(key: string, reason: string): Promise<Failure | null> {
  const result = await call('sync.dismissProblem', { key, reason })
  if (!result.ok) return result.error
  useProblems.setState({ problems: result.value.problems })
  return null
}

/** Tries again what a problem is about; gives the failure where it is refused. */
export async function retryProblem(key: string): Promise<Failure | null> {
  const result = await call('sync.retryProblem', { key })
  if (!result.ok) return result.error
  useProblems.setState({ problems: result.value.problems })
  return null
}

/** Follows the engine's events. */
export function followProblems(): void {
  on('problems.changed', ({ problems }) => useProblems.setState({ problems, failure: null }))
}
