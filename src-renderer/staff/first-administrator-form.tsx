import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { NewPasswordFields, useNewPassword } from '../session/new-password-fields'
import { StaySignedInCheckbox } from '../session/stay-signed-in-checkbox'
import { staffText } from '../text/staff-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { createFirstAdministrator } from './staff-store'

/** Creates the first administrator. After that, everyone must sign in. `actions` are shown next to the button. */
export function FirstAdministratorForm({ onDone, actions }: { onDone?: () => void; actions?: ReactNode }) {
  const [name, setName] = useState('')
  const [isSubmitted, setSubmitted] = useState(false)
  const { draft, set, check } = useNewPassword()
  const [isSessionKept, setSessionKept] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isNameMissing = isSubmitted && name.trim() === ''

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSubmitted(true)
    if (!check() || name.trim() === '') return
    setSaving(true)
    const error = await createFirstAdministrator({ name, password: draft.password, isKept: isSessionKept })
    setSaving(false)
    setFailure(error)
    if (error !== null) return
    notifyDone(staffText.open.done(name))
    onDone?.()
  }

  return (
    <form className="settings-form" onSubmit={submit} noValidate aria-label={staffText.open.form}>
      <TextInput
        label={staffText.name}
        maxLength={60}
        autoComplete="username"
        value={name}
        error={isNameMissing ? staffText.nameMissing : null}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NewPasswordFields draft={draft} set={set} />
      <StaySignedInCheckbox isChecked={isSessionKept} onChange={setSessionKept} />
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button type="submit" loading={isSaving}>
          {staffText.open.submit}
        </Button>
        {actions}
      </div>
    </form>
  )
}
