import { Button, NativeSelect } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ComponentType, useEffect, useState } from 'react'
import type { StaffRow, StaffSettings } from '../../src-shared/contract/contract'
import { useCan } from '../session/can'
import { useSession } from '../session/session-store'
import { staffText } from '../text/staff-text'
import { ExternalText } from '../widgets/external-text'
import { LoadState } from '../widgets/load-state'
import { notifyDone, notifyFailure } from '../widgets/notify'
import { TableHead } from '../widgets/table-head'
import { TimeText } from '../widgets/time-text'
import { FirstAdministratorForm } from './first-administrator-form'
import { AddMemberDialog, DeactivateDialog, EditMemberDialog, SetPasswordDialog } from './staff-dialogs'
import { changeMember, loadStaff, setIdleLock, useStaff } from './staff-store'
import './staff.css'

type MemberDialog = ComponentType<{ member: StaffRow; onClose: () => void }>

async function activate({ id, name, role }: StaffRow): Promise<void> {
  const error = await changeMember({ id, name, role, isActive: true })
  if (error === null) notifyDone(staffText.activate.done(name))
  else notifyFailure(error)
}

function MemberRow({ member, open }: { member: StaffRow; open: (dialog: MemberDialog) => void }) {
  const { name, role, isActive, lastSignedInAt } = member
  const { table, edit, setPassword, deactivate } = staffText
  return (
    <tr>
      <th scope="row">
        <ExternalText text={name} /> {!isActive && <span className="pill">{table.inactive}</span>}
      </th>
      <td>{staffText.roles[role].title}</td>
      <td>{lastSignedInAt === null ? <span className="soft">{table.never}</span> : <TimeText at={lastSignedInAt} />}</td>
      <td>
        <div className="staff-actions">
          {isActive ? (
            <>
              <Button variant="default" aria-label={edit.label(name)} onClick={() => open(EditMemberDialog)}>
                {edit.button}
              </Button>
              <Button variant="default" aria-label={setPassword.label(name)} onClick={() => open(SetPasswordDialog)}>
                {setPassword.button}
              </Button>
              <Button variant="default" aria-label={deactivate.label(name)} onClick={() => open(DeactivateDialog)}>
                {deactivate.button}
              </Button>
            </>
          ) : (
            <Button variant="default" aria-label={staffText.activate.label(name)} onClick={() => activate(member)}>
              {staffText.activate.button}
            </Button>
          )}
        </div>
      </td>
    </tr>
  )
}

function IdleLock({ idleMinutes }: { idleMinutes: number | null }) {
  const { idle } = staffText
  const value = idleMinutes === null ? '' : String(idleMinutes)
  const isKnown = value === '' || idle.choices.some((choice) => choice.value === value)
  const choices = [...idle.choices, ...(isKnown ? [] : [{ value, label: idle.other(value) }]), { value: '', label: idle.never }]
  const save = async (chosen: string) => {
    const error = await setIdleLock(chosen === '' ? null : Number(chosen))
    if (error === null) notifyDone(idle.done)
    else notifyFailure(error)
  }
  return (
    <NativeSelect
      className="idle-lock"
      label={idle.label}
      data={choices}
      value={value}
      onChange={(event) => save(event.currentTarget.value)}
    />
  )
}

function Members({ staff }: { staff: StaffSettings }) {
  const [isAdding, setAdding] = useState(false)
  const [openDialog, setOpenDialog] = useState<{ member: StaffRow; dialog: MemberDialog } | null>(null)
  const { table } = staffText
  return (
    <>
      <div className="table-scroll">
        <table className="plain-table staff-table">
          <TableHead columns={[table.name, table.role, table.lastSignedIn]} actions={table.actions} />
          <tbody>
            {staff.members.map((member) => (
              <MemberRow key={member.id} member={member} open={(dialog) => setOpenDialog({ member, dialog })} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="form-actions">
        <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setAdding(true)}>
          {staffText.add}
        </Button>
      </div>
      <IdleLock idleMinutes={staff.idleMinutes} />
      {isAdding && <AddMemberDialog onClose={() => setAdding(false)} />}
      {openDialog !== null && <openDialog.dialog member={openDialog.member} onClose={() => setOpenDialog(null)} />}
    </>
  )
}

/** Settings > Staff. Hidden from users who may not change it. */
export function StaffSection() {
  const isAllowed = useCan('staff.list')
  return isAllowed ? <Staff /> : null
}

function Staff() {
  const staff = useStaff((state) => state.staff)
  const failure = useStaff((state) => state.failure)
  const session = useSession((state) => state.session)
  useEffect(() => void loadStaff(), [])
  return (
    <section className="card" aria-labelledby="staff">
      <h2 id="staff">{staffText.title}</h2>
      {session?.state === 'open' ? (
        <>
          <p className="staff-explanation">{staffText.open.explanation(session.name)}</p>
          <FirstAdministratorForm />
        </>
      ) : (
        staff !== null && <Members staff={staff} />
      )}
      <LoadState message={staffText.waiting} isLoaded={staff !== null} failure={failure} onRetry={loadStaff} />
    </section>
  )
}
