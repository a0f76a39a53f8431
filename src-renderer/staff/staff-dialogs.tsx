import { Modal, Radio, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ROLES, type Role, type StaffRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { NewPasswordFields, useNewPassword } from '../session/new-password-fields'
import { staffText } from '../text/staff-text'
import { DialogActions } from '../widgets/dialog-actions'
import { notifyDone } from '../widgets/notify'
import { addMember, changeMember, setMemberPassword } from './staff-store'

interface StaffDialogProps {
  title: string
  action: string
  done: string
  isDangerous?: boolean
  /** True where what was entered can be sent. */
  check?: () => boolean
  onSubmit: () => Promise<Failure | null>
  onClose: () => void
  children: ReactNode
}

function StaffDialog({ title, action, done, isDangerous = false, check, onSubmit, onClose, children }: StaffDialogProps) {
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (check?.() === false) return
    setSaving(true)
    const refusal = await onSubmit()
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    notifyDone(done)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title}>
      <form className="dialog" onSubmit={submit} noValidate>
        {children}
        <DialogActions
          failure={failure}
          cancel={staffText.cancel}
          action={action}
          isBusy={isSaving}
          isDangerous={isDangerous}
          isCancelFirst={isDangerous}
          onCancel={onClose}
        />
      </form>
    </Modal>
  )
}

function NameAndRole({ name, role, isChecked, set }: NameAndRoleProps) {
  return (
    <>
      <TextInput
        label={staffText.name}
        data-autofocus
        maxLength={60}
        value={name}
        error={isChecked && name.trim() === '' ? staffText.nameMissing : null}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Radio.Group label={staffText.role} value={role} onChange={(value) => set({ role: ROLES.find((one) => one === value) ?? role })}>
        <div className="role-choices">
          {ROLES.toReversed().map((one) => (
            <Radio key={one} value={one} label={staffText.roles[one].title} description={staffText.roles[one].may} />
          ))}
        </div>
      </Radio.Group>
    </>
  )
}

interface Draft {
  name: string
  role: Role
  isChecked: boolean
}

interface NameAndRoleProps extends Draft {
  set: (part: Partial<Draft>) => void
}

function useDraft(name: string, role: Role) {
  const [draft, setDraft] = useState<Draft>({ name, role, isChecked: false })
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const check = () => {
    set({ isChecked: true })
    return draft.name.trim() !== ''
  }
  return { draft, set, check }
}

/** Asks for a new staff member. */
export function AddMemberDialog({ onClose }: { onClose: () => void }) {
  const { draft, set, check } = useDraft('', 'operator')
  const password = useNewPassword()
  const { name, role } = draft
  return (
    <StaffDialog
      title={staffText.addForm}
      action={staffText.add}
      done={staffText.added(name)}
      check={() => [check(), password.check()].every(Boolean)}
      onSubmit={() => addMember({ name, role, password: password.draft.password })}
      onClose={onClose}
    >
      <NameAndRole {...draft} set={set} />
      <NewPasswordFields draft={password.draft} set={password.set} />
    </StaffDialog>
  )
}

/** Changes a staff member's name and role. */
export function EditMemberDialog({ member, onClose }: { member: StaffRow; onClose: () => void }) {
  const { draft, set, check } = useDraft(member.name, member.role)
  const { name, role } = draft
  return (
    <StaffDialog
      title={staffText.edit.title(member.name)}
      action={staffText.save}
      done={staffText.edit.done(name)}
      check={check}
      onSubmit={() => changeMember({ id: member.id, name, role, isActive: member.isActive })}
      onClose={onClose}
    >
      <NameAndRole {...draft} set={set} />
    </StaffDialog>
  )
}

/** Gives a staff member another password. */
export function SetPasswordDialog({ member: { id, name }, onClose }: { member: StaffRow; onClose: () => void }) {
  const { draft, set, check } = useNewPassword()
  return (
    <StaffDialog
      title={staffText.setPassword.title(name)}
      action={staffText.setPassword.button}
      done={staffText.setPassword.done(name)}
      check={check}
      onSubmit={() => setMemberPassword({ id, password: draft.password })}
      onClose={onClose}
    >
      <p className="no-margin">{staffText.setPassword.explanation(name)}</p>
      <NewPasswordFields draft={draft} set={set} />
    </StaffDialog>
  )
}

/** Asks before somebody can no longer sign in. */
export function DeactivateDialog({ member: { id, name, role }, onClose }: { member: StaffRow; onClose: () => void }) {
  return (
    <StaffDialog
      title={staffText.deactivate.title(name)}
      action={staffText.deactivate.button}
      done={staffText.deactivate.done(name)}
      isDangerous
      onSubmit={() => changeMember({ id, name, role, isActive: false })}
      onClose={onClose}
    >
      <p className="no-margin">{staffText.deactivate.explanation(name)}</p>
    </StaffDialog>
  )
}
