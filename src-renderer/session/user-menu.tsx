import { Menu } from '@mantine/core'
import { IconChevronDown, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../client/client'
import { leaveSafely } from '../navigation/navigation'
import { sessionText } from '../text/session-text'
import { ExternalText } from '../widgets/external-text'
import { notifyIfFailed } from '../widgets/notify'
import { ChangePasswordDialog } from './change-password-dialog'
import { applySession, useSession } from './session-store'

async function lockOrSignOut(command: 'session.lock' | 'session.signOut'): Promise<void> {
  const result = await call(command, {})
  notifyIfFailed(result)
  if (result.ok) applySession(result.value)
}

/** The signed-in person's menu. Hidden if no sign-in is required, or if nobody is signed in. */
export function UserMenu() {
  const session = useSession((state) => state.session)
  const [isChangingPassword, setChangingPassword] = useState(false)
  if (session === null || session.state === 'open' || session.state === 'signed out') return null
  const { menu } = sessionText
  return (
    <>
      <Menu position="bottom-end" offset={0}>
        <Menu.Target>
          <button type="button" className="menu-button person-button" aria-label={menu.label(session.name)}>
            <IconUser size={15} aria-hidden />
            <ExternalText text={session.name} lines="1" />
            <IconChevronDown size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown aria-label={menu.label(session.name)}>
          <Menu.Item onClick={() => setChangingPassword(true)}>{menu.changePassword}</Menu.Item>
          <Menu.Item onClick={() => lockOrSignOut('session.lock')}>{menu.lock}</Menu.Item>
          <Menu.Item onClick={() => leaveSafely(() => void lockOrSignOut('session.signOut'))}>{menu.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChangingPassword && <ChangePasswordDialog onClose={() => setChangingPassword(false)} />}
    </>
  )
}
