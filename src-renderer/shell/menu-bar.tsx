import { Menu, VisuallyHidden } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { goTo, useNavigation } from '../navigation/navigation'
import type { ScreenName } from '../navigation/routes'
import { menuEntries } from '../screens'
import { UserMenu } from '../session/user-menu'
import { useSyncStatus } from '../sync/sync-status-store'
import { problemsText } from '../text/problems-text'
import { shellText } from '../text/shell-text'

const { menus } = shellText

/** A menu entry, with the screens for which it is highlighted. */
type Entry = ReturnType<typeof menuEntries>[number]

function ProblemCount() {
  const count = useSyncStatus((state) => state.health?.problemCount ?? 0)
  if (count === 0) return null
  return (
    <>
      <span className="problem-count" aria-hidden>
        {problemsText.badge.shown(count)}
      </span>
      <VisuallyHidden>{problemsText.badge.label(count)}</VisuallyHidden>
    </>
  )
}

function DropdownMenu({
  label,
  entries,
  currentScreen,
  badge,
}: {
  label: string
  entries: Entry[]
  currentScreen: ScreenName
  badge?: ReactNode
}) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Menu position="bottom-start" offset={0} opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <button
          type="button"
          className="menu-button"
          data-here={entries.some((entry) => entry.screens.includes(currentScreen))}
          // Mantine opens a menu with Enter and Space; users also try Arrow Down.
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' || isOpen) return
            event.preventDefault()
            setOpen(true)
          }}
        >
          {label}
          {badge}
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {entries.map((entry) => (
          <Menu.Item
            key={entry.label}
            aria-current={entry.screens.includes(currentScreen) ? 'page' : undefined}
            rightSection={entry.opens.screen === 'problems' ? <ProblemCount /> : null}
            onClick={() => goTo(entry.opens)}
          >
            {entry.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A menu without a drop-down: a button that opens its only screen. */
function MenuButton({ entry: { label, opens, screens }, currentScreen }: { entry: Entry; currentScreen: ScreenName }) {
  const isHere = screens.includes(currentScreen)
  return (
    <button type="button" className="menu-button" data-here={isHere} aria-current={isHere ? 'page' : undefined} onClick={() => goTo(opens)}>
      {label}
    </button>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if ((event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') || event.altKey) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu-button')]
  const active = document.activeElement
  const index = active instanceof HTMLElement ? buttons.indexOf(active) : -1
  if (index === -1) return
  event.preventDefault()
  buttons[(index + (event.key === 'ArrowRight' ? 1 : buttons.length - 1)) % buttons.length]?.focus()
}

/** The menus across the top. Printed instructions use their labels, so the labels must not change. */
export function MenuBar() {
  const currentScreen = useNavigation((state) => state.route.screen)
  return (
    <header className="menu-bar">
      <span className="brand">{shellText.brand}</span>
      <nav aria-label={menus.label} onKeyDown={moveFocus}>
        <DropdownMenu label={menus.orders} entries={menuEntries('orders')} currentScreen={currentScreen} />
        <DropdownMenu label={menus.sync} entries={menuEntries('sync')} currentScreen={currentScreen} badge={<ProblemCount />} />
        {[...menuEntries('settings'), ...menuEntries('help')].map((entry) => (
          <MenuButton key={entry.label} entry={entry} currentScreen={currentScreen} />
        ))}
      </nav>
      <UserMenu />
    </header>
  )
}
