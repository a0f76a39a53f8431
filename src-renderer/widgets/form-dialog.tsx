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
  /** What is said after a success; left out if `onSubmit` says it. */
  done?: string
  isDisabled?: boolean
  /** True for what cannot be taken back. */
  isDangerous?: boolean
  /** Marks invalid fields; returns true if the form can be sent. */
  check?: () => boolean
  /** Sends the form; returns why it was refused, or null. */
  onSubmit: () => Promise<Failure | null>
  /** Called after a success. */
  onDone: () => void
  onClose: () => void
}

/** A form in a dialog. If it is refused, the dialog stays open and says why. */
export function FormDialog(props: FormDialogProps) {
  const { title, size = 'md', children, cancel, action, done, isDisabled = false, isDangerous = false } = props
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isDisabled || props.check?.() === false) return
    setBusy(true)
    const refusal = await props.onSubmit()
    setBusy(false)
    setFailure(refusal)
    if (refusal !== null) return
    if (done !== undefined) notifyDone(done)
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
          isCancelFirst={isDangerous}
          onCancel={props.onClose}
        />
      </form>
    </Modal>
  )
}
