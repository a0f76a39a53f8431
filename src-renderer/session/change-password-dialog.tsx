import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../client/client'
import { sessionText } from '../text/session-text'
import { FormDialog } from '../widgets/form-dialog'
import { NewPasswordFields, useNewPassword } from './new-password-fields'

const text = sessionText.changePassword

/** The dialog in which the signed-in person changes their password. */
export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const { draft, set, check } = useNewPassword()
  const change = async () => {
    const result = await call('session.changePassword', { current, password: draft.password })
    return result.ok ? null : result.error
  }
  return (
    <FormDialog
      title={text.title}
      cancel={text.cancel}
      action={text.submit}
      successMessage={text.done}
      check={check}
      onSubmit={change}
      onDone={onClose}
      onClose={onClose}
    >
      <PasswordInput
        label={text.current}
        data-autofocus
        autoComplete="current-password"
        maxLength={1000}
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <NewPasswordFields draft={draft} set={set} />
    </FormDialog>
  )
}
