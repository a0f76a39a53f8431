import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { widgetsText } from '../text/widgets-text'
import { FormDialog } from './form-dialog'

interface ReasonDialogProps {
  title: string
  /** The explanation of the action. */
  children: ReactNode
  placeholder?: string
  /** The error message if the reason is left blank. */
  missingMessage: string
  /** The button's label. */
  action: string
  /** The message after success. */
  successMessage: string
  /** Carries out the action. Returns why it was refused, or null. */
  onSubmit: (reason: string) => Promise<Failure | null>
  onClose: () => void
}

/** A dialog that asks for a reason, which is recorded, before it carries out an action. */
export function ReasonDialog({
  title,
  children,
  placeholder = '',
  missingMessage,
  action,
  successMessage,
  onSubmit,
  onClose,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)

  const check = () => {
    setMissing(reason.trim() === '')
    return reason.trim() !== ''
  }

  return (
    <FormDialog
      title={title}
      size="lg"
      cancel={widgetsText.reason.cancel}
      action={action}
      successMessage={successMessage}
      check={check}
      onSubmit={() => onSubmit(reason)}
      onDone={onClose}
      onClose={onClose}
    >
      <p>{children}</p>
      <Textarea
        label={widgetsText.reason.label}
        placeholder={placeholder}
        data-autofocus
        autosize
        minRows={2}
        maxLength={2000}
        value={reason}
        error={isMissing && reason.trim() === '' ? missingMessage : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
