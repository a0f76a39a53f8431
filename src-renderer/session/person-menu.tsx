import { Menu } from '@mantine/core'
import { IconChevronDown, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../client/client'
import { leaveSafely } from '../navigation/navigation'
import { sessionText } from '../text/session-text'
import { notifyIfFailed } from '../widgets/notify'
import { OutsideText } from '../widgets/outside-text'
import { ChangePasswordDialog } from './change-password-dialog'
import { takeSession, useSession } from './session-store'

async function end(command: 'session.lock' | 'session.signOut'): Promise<void> {
  const result = await call(command, {})
  if (notifyIfFailed(result) && result.ok) takeSession(result.value)
}

/** The signed-in person's own menu; not there while nobody has to sign in. */
export function PersonMenu() {
  const session = useSession((state) => state.session)
  const [isChanging, setChanging] = useState(false)
  if (session === null || session.state === 'open' || session.state === 'signed out') return null
  const { menu } = sessionText
  return (
    <>
      <Menu position="bottom-end" offset={0}>
        <Menu.Target>
          <button type="button" className="menu-button person-button" aria-label={menu.label(session.name)}>
            <IconUser size={15} aria-hidden />
            <OutsideText text={session.name} lines="1" />
            <IconChevronDown size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown aria-label={menu.label(session.name)}>
          <Menu.Item onClick={() => setChanging(true)}>{menu.changePassword}</Menu.Item>
          <Menu.Item onClick={() => end('session.lock')}>{menu.lock}</Menu.Item>
          <Menu.Item onClick={() => leaveSafely(() => void end('session.signOut'))}>{menu.signOut}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChanging && <ChangePasswordDialog onClose={() => setChanging(false)} />}
    </>
  )
}
