import { Modal, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { sessionText } from '../text/session-text'
import { DialogActions } from '../widgets/dialog-actions'
import { notifyDone } from '../widgets/notify'
import { NewPasswordFields, useNewPassword } from './new-password-fields'

/** Lets the signed-in person change their own password. */
export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const { draft, set, check } = useNewPassword()
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const { changePassword } = sessionText

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!check()) return
    setSaving(true)
    const result = await call('session.changePassword', { current, password: draft.password })
    setSaving(false)
    if (!result.ok) return setFailure(result.error)
    notifyDone(changePassword.done)
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title={changePassword.title}>
      <form className="dialog" onSubmit={submit} noValidate>
        <PasswordInput
          label={changePassword.current}
          data-autofocus
          autoComplete="current-password"
          maxLength={1000}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPasswordFields draft={draft} set={set} />
        <DialogActions
          failure={failure}
          cancel={changePassword.cancel}
          action={changePassword.submit}
          isBusy={isSaving}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}
