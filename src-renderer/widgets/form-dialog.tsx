import { Modal } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { DialogActions } from './dialog-actions'
import { notifyDone } from './notify'

interface FormDialogProps {
  title: string
  size?: 'md' | 'lg'
  /** The fields. */
  children: ReactNode
  cancel: string
  action: string
  /** The message after success; omitted if `onSubmit` shows one. */
  successMessage?: string
  isDisabled?: boolean
  /** True if the action cannot be undone. */
  isDangerous?: boolean
  /** Marks invalid fields. Returns true if the form can be submitted. */
  check?: () => boolean
  /** Submits the form. Returns why it was refused, or null. */
  onSubmit: () => Promise<Failure | null>
  /** Called after success. */
  onDone: () => void
  onClose: () => void
}

/** A form in a dialog. If submitting fails, the dialog stays open and shows why. */
export function FormDialog(props: FormDialogProps) {
  const { title, size = 'md', children, cancel, action, successMessage, isDisabled = false, isDangerous = false } = props
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isDisabled || props.check?.() === false) return
    setBusy(true)
    const error = await props.onSubmit()
    setBusy(false)
    setFailure(error)
    if (error !== null) return
    if (successMessage !== undefined) notifyDone(successMessage)
    props.onDone()
  }
  return (
    <Modal opened onClose={props.onClose} title={title} size={size}>
      <form className="dialog" onSubmit={submit} noValidate>
        {children}
        <DialogActions
          failure={failure}
          cancel={cancel}
          action={action}
          isBusy={isBusy}
          isDisabled={isDisabled}
          isDangerous={isDangerous}
          isCancelFocused={isDangerous}
          onCancel={props.onClose}
        />
      </form>
    </Modal>
  )
}
