import { Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ROLES, type Role, type StaffRow } from '../../src-shared/contract/contract'
import { NewPasswordFields, useNewPassword } from '../session/new-password-fields'
import { staffText } from '../text/staff-text'
import { FormDialog } from '../widgets/form-dialog'
import { addMember, changeMember, setMemberPassword } from './staff-store'

function NameAndRole({ name, role, isSubmitted, set }: NameAndRoleProps) {
  return (
    <>
      <TextInput
        label={staffText.name}
        data-autofocus
        maxLength={60}
        value={name}
        error={isSubmitted && name.trim() === '' ? staffText.nameMissing : null}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Radio.Group
        label={staffText.role}
        value={role}
        onChange={(value) => set({ role: ROLES.find((option) => option === value) ?? role })}
      >
        <div className="role-choices">
          {ROLES.toReversed().map((option) => (
            <Radio key={option} value={option} label={staffText.roles[option].title} description={staffText.roles[option].may} />
          ))}
        </div>
      </Radio.Group>
    </>
  )
}

interface Draft {
  name: string
  role: Role
  isSubmitted: boolean
}

interface NameAndRoleProps extends Draft {
  set: (part: Partial<Draft>) => void
}

function useDraft(name: string, role: Role) {
  const [draft, setDraft] = useState<Draft>({ name, role, isSubmitted: false })
  const set = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }))
  const check = () => {
    set({ isSubmitted: true })
    return draft.name.trim() !== ''
  }
  return { draft, set, check }
}

/** The dialog for adding a staff member. */
export function AddMemberDialog({ onClose }: { onClose: () => void }) {
  const { draft, set, check } = useDraft('', 'operator')
  const password = useNewPassword()
  const { name, role } = draft
  return (
    <FormDialog
      title={staffText.addForm}
      cancel={staffText.cancel}
      action={staffText.add}
      successMessage={staffText.added(name)}
      check={() => [check(), password.check()].every(Boolean)}
      onSubmit={() => addMember({ name, role, password: password.draft.password })}
      onDone={onClose}
      onClose={onClose}
    >
      <NameAndRole {...draft} set={set} />
      <NewPasswordFields draft={password.draft} set={password.set} />
    </FormDialog>
  )
}

/** The dialog for changing a staff member's name and role. */
export function EditMemberDialog({ member, onClose }: { member: StaffRow; onClose: () => void }) {
  const { draft, set, check } = useDraft(member.name, member.role)
  const { name, role } = draft
  return (
    <FormDialog
      title={staffText.edit.title(member.name)}
      cancel={staffText.cancel}
      action={staffText.save}
      successMessage={staffText.edit.done(name)}
      check={check}
      onSubmit={() => changeMember({ id: member.id, name, role, isActive: member.isActive })}
      onDone={onClose}
      onClose={onClose}
    >
      <NameAndRole {...draft} set={set} />
    </FormDialog>
  )
}

/** The dialog for setting a staff member's password. */
export function SetPasswordDialog({ member: { id, name }, onClose }: { member: StaffRow; onClose: () => void }) {
  const { draft, set, check } = useNewPassword()
  return (
    <FormDialog
      title={staffText.setPassword.title(name)}
      cancel={staffText.cancel}
      action={staffText.setPassword.button}
      successMessage={staffText.setPassword.done(name)}
      check={check}
      onSubmit={() => setMemberPassword({ id, password: draft.password })}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="no-margin">{staffText.setPassword.explanation(name)}</p>
      <NewPasswordFields draft={draft} set={set} />
    </FormDialog>
  )
}

/** Asks for confirmation before a staff member is deactivated. */
export function DeactivateDialog({ member: { id, name, role }, onClose }: { member: StaffRow; onClose: () => void }) {
  return (
    <FormDialog
      title={staffText.deactivate.title(name)}
      cancel={staffText.cancel}
      action={staffText.deactivate.button}
      successMessage={staffText.deactivate.done(name)}
      isDangerous
      onSubmit={() => changeMember({ id, name, role, isActive: false })}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="no-margin">{staffText.deactivate.explanation(name)}</p>
    </FormDialog>
  )
}
