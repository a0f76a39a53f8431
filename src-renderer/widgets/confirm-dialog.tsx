import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { DialogActions } from './dialog-actions'

interface ConfirmDialogProps {
  title: string
  size?: 'md' | 'lg'
  /** The explanation of the action. */
  children: ReactNode
  cancel: string
  action: string
  /** True if the action cannot be undone. */
  isDangerous?: boolean
  /** Carries out the action and, if it succeeds, closes the dialog. Returns why it was refused, or null. */
  onConfirm: () => Promise<Failure | null>
  onClose: () => void
}

/** A confirmation dialog. If the action is refused, the dialog stays open and shows why. */
export function ConfirmDialog({
  title,
  size = 'md',
  children,
  cancel,
  action,
  isDangerous = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const confirm = async () => {
    setBusy(true)
    const error = await onConfirm()
    setBusy(false)
    setFailure(error)
  }
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <div className="dialog">
        {children}
        <DialogActions
          failure={failure}
          cancel={cancel}
          action={action}
          isBusy={isBusy}
          isDangerous={isDangerous}
          isCancelFocused
          onCancel={onClose}
          onAction={confirm}
        />
      </div>
    </Modal>
  )
}
