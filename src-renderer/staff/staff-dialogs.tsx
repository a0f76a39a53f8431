import { Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ROLES, type Role, type StaffRow } from '../../src-shared/contract/contract'
import { NewPasswordFields, useNewPassword } from '../session/new-password-fields'
import { staffText } from '../text/staff-text'
import { FormDialog } from '../widgets/form-dialog'
import { addMember, changeMember, setMemberPassword } from './staff-store'

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
    <FormDialog
      title={staffText.addForm}
      cancel={staffText.cancel}
      action={staffText.add}
      done={staffText.added(name)}
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

/** Changes a staff member's name and role. */
export function EditMemberDialog({ member, onClose }: { member: StaffRow; onClose: () => void }) {
  const { draft, set, check } = useDraft(member.name, member.role)
  const { name, role } = draft
  return (
    <FormDialog
      title={staffText.edit.title(member.name)}
      cancel={staffText.cancel}
      action={staffText.save}
      done={staffText.edit.done(name)}
      check={check}
      onSubmit={() => changeMember({ id: member.id, name, role, isActive: member.isActive })}
      onDone={onClose}
      onClose={onClose}
    >
      <NameAndRole {...draft} set={set} />
    </FormDialog>
  )
}

/** Gives a staff member another password. */
export function SetPasswordDialog({ member: { id, name }, onClose }: { member: StaffRow; onClose: () => void }) {
  const { draft, set, check } = useNewPassword()
  return (
    <FormDialog
      title={staffText.setPassword.title(name)}
      cancel={staffText.cancel}
      action={staffText.setPassword.button}
      done={staffText.setPassword.done(name)}
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

/** Asks before somebody can no longer sign in. */
export function DeactivateDialog({ member: { id, name, role }, onClose }: { member: StaffRow; onClose: () => void }) {
  return (
    <FormDialog
      title={staffText.deactivate.title(name)}
      cancel={staffText.cancel}
      action={staffText.deactivate.button}
      done={staffText.deactivate.done(name)}
      isDangerous
      onSubmit={() => changeMember({ id, name, role, isActive: false })}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="no-margin">{staffText.deactivate.explanation(name)}</p>
    </FormDialog>
  )
}
