import { Modal, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { widgetsText } from '../text/widgets-text'
import { DialogActions } from './dialog-actions'
import { notifyDone } from './notify'

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
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '') {
      setMissing(true)
      return
    }
    setSaving(true)
    const refusal = await onSubmit(reason)
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    notifyDone(done)
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form className="dialog" onSubmit={submit}>
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
        <DialogActions failure={failure} cancel={widgetsText.reason.cancel} action={action} isBusy={isSaving} onCancel={onClose} />
      </form>
    </Modal>
  )
}
