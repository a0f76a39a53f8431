import { Menu, VisuallyHidden } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { PersonMenu } from '../session/person-menu'
import { useSyncStatus } from '../sync-status/sync-status-store'
import { problemsText } from '../text/problems-text'
import { shellText } from '../text/shell-text'
import { goTo, useNavigation } from './navigation'
import type { Route } from './routes'

type ScreenName = Route['screen']

interface Entry {
  label: string
  route: Route
  /** Screens that count as this place. */
  screens: ScreenName[]
}

const { menus } = shellText

const ORDERS: Entry[] = [
  { label: menus.viewOrders, route: { screen: 'orders' }, screens: ['orders', 'order'] },
  { label: menus.syncSettings, route: { screen: 'sync-settings' }, screens: ['sync-settings', 'destination', 'codes'] },
]
const SYNC: Entry[] = [
  { label: menus.status, route: { screen: 'sync-status' }, screens: ['sync-status'] },
  { label: menus.history, route: { screen: 'sync-history', task: null }, screens: ['sync-history', 'run'] },
  { label: menus.problems, route: { screen: 'problems' }, screens: ['problems'] },
]

function ProblemCount() {
  const count = useSyncStatus((state) => state.health?.problemCount ?? 0)
  if (count === 0) return null
  return (
    <>
      <span className="problem-count" aria-hidden>
        {problemsText.badge.shown(count)}
      </span>
      <VisuallyHidden>{problemsText.badge.words(count)}</VisuallyHidden>
    </>
  )
}

function DropMenu({ label, entries, here, badge }: { label: string; entries: Entry[]; here: ScreenName; badge?: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Menu position="bottom-start" offset={0} opened={isOpen} onChange={setOpen}>
      <Menu.Target>
        <button
          type="button"
          className="menu-button"
          data-here={entries.some((entry) => entry.screens.includes(here))}
          // Mantine opens a menu with Enter and Space; people also try the arrow down.
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
            aria-current={entry.screens.includes(here) ? 'page' : undefined}
            rightSection={entry.label === menus.problems ? <ProblemCount /> : null}
            onClick={() => goTo(entry.route)}
          >
            {entry.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function PlainButton({ label, screen, here }: { label: string; screen: 'settings' | 'help'; here: ScreenName }) {
  const isHere = here === screen || (screen === 'settings' && here === 'log')
  return (
    <button
      type="button"
      className="menu-button"
      data-here={isHere}
      aria-current={isHere ? 'page' : undefined}
      onClick={() => goTo({ screen })}
    >
      {label}
    </button>
  )
}

function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  if ((event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') || event.altKey) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.menu-button')]
  const active = document.activeElement
  const at = active instanceof HTMLElement ? buttons.indexOf(active) : -1
  if (at === -1) return
  event.preventDefault()
  buttons[(at + (event.key === 'ArrowRight' ? 1 : buttons.length - 1)) % buttons.length]?.focus()
}

/** The menus across the top. Their labels are literal: printed instructions name them. */
export function MenuBar() {
  const here = useNavigation((state) => state.route.screen)
  return (
    <header className="menu-bar">
      <span className="brand">{shellText.brand}</span>
      <nav aria-label={menus.label} onKeyDown={moveAlong}>
        <DropMenu label={menus.orders} entries={ORDERS} here={here} />
        <DropMenu label={menus.sync} entries={SYNC} here={here} badge={<ProblemCount />} />
        <PlainButton label={menus.settings} screen="settings" here={here} />
        <PlainButton label={menus.help} screen="help" here={here} />
      </nav>
      <PersonMenu />
    </header>
  )
}
