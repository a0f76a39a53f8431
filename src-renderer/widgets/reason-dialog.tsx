import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { widgetsText } from '../text/widgets-text'
import { FormDialog } from './form-dialog'

interface ReasonDialogProps {
  title: string
  /** What is about to be done. */
  children: ReactNode
  placeholder?: string
  /** Said when the reason is left empty. */
  whenMissing: string
  /** The button's label. */
  action: string
  /** What is said afterwards. */
  done: string
  /** Does it; gives why not, or null. */
  onSubmit: (reason: string) => Promise<Failure | null>
  onClose: () => void
}

/** Asks for a reason before something is done that stays on record. */
export function ReasonDialog({ title, children, placeholder = '', whenMissing, action, done, onSubmit, onClose }: ReasonDialogProps) {
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
      done={done}
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
        error={isMissing && reason.trim() === '' ? whenMissing : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
