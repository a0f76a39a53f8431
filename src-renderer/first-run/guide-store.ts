import { create } from 'zustand'
import type { GuideRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call } from '../client/client'
import { replaceRoute } from '../navigation/navigation'

/** The steps of the guide, in order. */
export const GUIDE_STEPS = ['administrator', 'source', 'destination', 'schedule'] as const

/** The name of a step. */
export type GuideStep = (typeof GUIDE_STEPS)[number]

interface GuideState {
  guide: GuideRow | null
  step: GuideStep
  /** The source that was entered in the guide. It is saved when there is a destination for it. */
  source: { name: string; folder: string } | null
  /** Why saving `source` failed. */
  sourceFailure: Failure | null
}

/** The setup guide and its current step. */
export const useGuide = create<GuideState>(() => ({ guide: null, step: 'administrator', source: null, sourceFailure: null }))

/** Loads the guide's state. The first time, shows the guide if this workspace offers it. */
export async function offerGuide(): Promise<void> {
  const result = await call('guide.get', {})
  if (!result.ok) return
  const isFirst = useGuide.getState().guide === null
  useGuide.setState({ guide: result.value })
  if (isFirst && result.value.isOffered) replaceRoute({ screen: 'guide' })
}

/** Goes to a step. */
export function goToStep(step: GuideStep): void {
  useGuide.setState({ step })
}

/** Goes to the next step. Returns false at the last one. */
export function goToNextStep(): boolean {
  const next = GUIDE_STEPS[GUIDE_STEPS.indexOf(useGuide.getState().step) + 1]
  if (next !== undefined) goToStep(next)
  return next !== undefined
}

/** Closes the guide, so that it is no longer offered at start-up. */
export async function closeGuide(): Promise<void> {
  applyGuide(await call('guide.close', {}))
  useGuide.setState({ step: 'administrator' })
}

/** Adds sample orders. Returns the failure, or null. */
export async function addSampleOrders(): Promise<Failure | null> {
  return applyGuide(await call('samples.add', {}))
}

/** Removes sample orders. Returns the files left in drop folders. */
export async function removeSampleOrders(): Promise<Result<{ leftFiles: string[] }>> {
  const result = await call('samples.remove', {})
  if (!result.ok) return result
  const { leftFiles, ...guide } = result.value
  useGuide.setState({ guide })
  return { ok: true, value: { leftFiles } }
}

function applyGuide(result: Result<GuideRow>): Failure | null {
  if (!result.ok) return result.error
  useGuide.setState({ guide: result.value })
  return null
}
