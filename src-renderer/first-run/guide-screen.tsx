import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { assertNever } from '../../src-shared/failure'
import { goTo } from '../navigation/navigation'
import { useSession } from '../session/session-store'
import { FirstAdministratorForm } from '../staff/first-administrator-form'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { Screen } from '../widgets/screen'
import { DestinationStep } from './destination-step'
import { closeGuide, GUIDE_STEPS, type GuideStep, goToNextStep, goToStep, useGuide } from './guide-store'
import { SamplesPanel } from './samples-panel'
import { ScheduleStep } from './schedule-step'
import { SourceStep } from './source-step'
import './first-run.css'

async function leave(): Promise<void> {
  await closeGuide()
  goTo({ screen: 'orders' })
}

/** Whether each step is done. The schedule step is never shown as done. */
function useCompletedSteps(): Readonly<Record<GuideStep, boolean>> {
  const settings = useSyncSettings((state) => state.settings)
  const session = useSession((state) => state.session)
  return {
    administrator: session !== null && session.state !== 'open',
    source: (settings?.sources.length ?? 0) > 0,
    destination: (settings?.destinations.length ?? 0) > 0,
    schedule: false,
  }
}

function Steps() {
  const current = useGuide((state) => state.step)
  const done = useCompletedSteps()
  return (
    <ol className="guide-steps" aria-label={firstRunText.stepsLabel}>
      {GUIDE_STEPS.map((step, index) => (
        <li key={step}>
          <button type="button" aria-current={current === step ? 'step' : undefined} onClick={() => goToStep(step)}>
            <span className="guide-number">{done[step] ? <IconCheck size={14} aria-label={firstRunText.done} /> : index + 1}</span>
            {firstRunText.steps[step]}
          </button>
        </li>
      ))}
    </ol>
  )
}

function AdministratorStep() {
  const session = useSession((state) => state.session)
  if (session === null) return null
  return session.state === 'open' ? (
    <>
      <p className="no-margin">{firstRunText.administrator.explanation}</p>
      <FirstAdministratorForm onDone={goToNextStep} />
    </>
  ) : (
    <p className="no-margin">{firstRunText.administrator.alreadyDone(session.name)}</p>
  )
}

function StepBody({ step }: { step: GuideStep }) {
  switch (step) {
    case 'administrator':
      return <AdministratorStep />
    case 'source':
      return <SourceStep />
    case 'destination':
      return <DestinationStep />
    case 'schedule':
      return <ScheduleStep onFinish={leave} />
    default:
      return assertNever(step)
  }
}

/** The setup guide: four steps, each of which can be skipped. */
export function GuideScreen() {
  const step = useGuide((state) => state.step)
  const isDone = useCompletedSteps()[step]
  const heading = useRef<HTMLHeadingElement>(null)
  const hasRendered = useRef(false)
  const index = GUIDE_STEPS.indexOf(step)
  const previous = GUIDE_STEPS[index - 1]
  const isLast = index === GUIDE_STEPS.length - 1
  const nextLabel = isDone ? firstRunText.next : firstRunText.skip

  // biome-ignore lint/correctness/useExhaustiveDependencies: focus the heading of each new step, so that screen readers start there
  useEffect(() => {
    if (hasRendered.current) heading.current?.focus()
    hasRendered.current = true
  }, [step])

  return (
    <Screen
      title={firstRunText.title}
      actions={
        <Button variant="default" onClick={leave}>
          {firstRunText.leave}
        </Button>
      }
    >
      <Steps />
      <section className="card guide-card" aria-labelledby="guide-step">
        <p className="soft small no-margin">{firstRunText.progress(index + 1, GUIDE_STEPS.length)}</p>
        <h2 id="guide-step" ref={heading} tabIndex={-1}>
          {firstRunText.steps[step]}
        </h2>
        <StepBody key={step} step={step} />
        <div className="guide-moves">
          <Button variant="default" disabled={previous === undefined} onClick={() => previous !== undefined && goToStep(previous)}>
            {firstRunText.back}
          </Button>
          <Button variant={isDone ? 'filled' : 'default'} onClick={() => (isLast ? leave() : goToNextStep())}>
            {isLast ? firstRunText.finish : nextLabel}
          </Button>
        </div>
      </section>
      <SamplesPanel />
    </Screen>
  )
}
