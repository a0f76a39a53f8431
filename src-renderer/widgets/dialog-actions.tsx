import { Button } from '@mantine/core'
import type { Failure } from '../../src-shared/failure'
import { FailureNotice } from './notice'

interface DialogActionsProps {
  /** Why the action was refused. */
  failure?: Failure | null
  cancel: string
  /** The action's label. */
  action: string
  /** True while the action is running. */
  isBusy?: boolean
  isDisabled?: boolean
  /** True if the action cannot be undone. */
  isDangerous?: boolean
  /** True if Cancel has the initial focus, so that pressing Enter cancels. */
  isCancelFirst?: boolean
  onCancel: () => void
  /** Omitted if the dialog is a form that the button submits. */
  onAction?: () => void
}

/** The bottom of a dialog: the failure if the action was refused, Cancel, and the action button. */
export function DialogActions(props: DialogActionsProps) {
  const { failure = null, cancel, action, isBusy = false, isDisabled = false, isDangerous = false, isCancelFirst = false } = props
  return (
    <>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="dialog-actions">
        <Button variant="default" data-autofocus={isCancelFirst || undefined} onClick={props.onCancel}>
          {cancel}
        </Button>
        <Button
          type={props.onAction === undefined ? 'submit' : 'button'}
          loading={isBusy}
          disabled={isDisabled}
          {...(isDangerous ? { color: 'red.9' } : {})}
          {...(props.onAction === undefined ? {} : { onClick: props.onAction })}
        >
          {action}
        </Button>
      </div>
    </>
  )
}
