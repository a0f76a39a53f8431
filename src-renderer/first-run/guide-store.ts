import { create } from 'zustand'
import type { GuideRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call } from '../client/client'
import { replaceRoute } from '../navigation/navigation'

/** The steps of the guide, in their order. */
export const GUIDE_STEPS = ['administrator', 'source', 'destination', 'schedule'] as const
export type GuideStep = (typeof GUIDE_STEPS)[number]

interface GuideState {
  guide: GuideRow | null
  step: GuideStep
  /** Where orders come from, kept until there is a destination to send them to. */
  source: { name: string; folder: string } | null
  /** What is wrong with that source, as the engine said when it was saved. */
  sourceFailure: Failure | null
}

/** The guide of the first start: where the person is in it. */
export const useGuide = create<GuideState>(() => ({ guide: null, step: 'administrator', source: null, sourceFailure: null }))

/** Shows the guide where this workspace is offered it. */
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

/** Goes one step on; gives false at the last. */
export function goOn(): boolean {
  const next = GUIDE_STEPS[GUIDE_STEPS.indexOf(useGuide.getState().step) + 1]
  if (next !== undefined) goToStep(next)
  return next !== undefined
}

/** The guide is not offered at the start any more. */
export async function closeGuide(): Promise<void> {
  take(await call('guide.close', {}))
  useGuide.setState({ step: 'administrator' })
}

/** Adds sample orders; gives the failure where that is refused. */
export async function addSampleOrders(): Promise<Failure | null> {
  return take(await call('samples.add', {}))
}

/** Removes sample orders; gives the files that stay. */
export async function removeSampleOrders(): Promise<Result<{ leftFiles: string[] }>> {
  const result = await call('samples.remove', {})
  if (!result.ok) return result
  const { leftFiles, ...guide } = result.value
  useGuide.setState({ guide })
  return { ok: true, value: { leftFiles } }
}

function take(result: Result<GuideRow>): Failure | null {
  if (!result.ok) return result.error
  useGuide.setState({ guide: result.value })
  return null
}
