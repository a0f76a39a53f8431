import { IconCheck } from '@tabler/icons-react'
import { storesText } from '../text/stores-text'

/** A step of a form. */
export interface FormStep<Name extends string> {
  name: Name
  title: string
  /** What has been chosen in it. */
  summary: string
  isDone: boolean
  /** True if the step can't be opened yet. */
  isDisabled: boolean
}

interface FormStepsProps<Name extends string> {
  steps: readonly FormStep<Name>[]
  current: Name
  onOpen: (name: Name) => void
}

/** The steps of a form with what was chosen in each. One is open at a time. */
export function FormSteps<Name extends string>({ steps, current, onOpen }: FormStepsProps<Name>) {
  return (
    <ol className="store-steps" aria-label={storesText.form.steps}>
      {steps.map(({ name, title, summary, isDone, isDisabled }, index) => (
        <li key={name}>
          <button type="button" aria-current={current === name ? 'step' : undefined} disabled={isDisabled} onClick={() => onOpen(name)}>
            <span className="store-number">{isDone ? <IconCheck size={14} aria-label={storesText.form.done} /> : index + 1}</span>
            <span className="store-step-title">{title}</span>
            <span className="store-step-summary" title={summary}>
              {summary}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}
