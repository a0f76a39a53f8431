import { goTo, useNavigation } from '../shell/navigation'
import type { Route } from '../shell/routes'

const PLACES: readonly { label: string; route: Route }[] = [
  { label: 'Sources and Destinations', route: { screen: 'sync-settings' } },
  { label: 'Codes', route: { screen: 'codes' } },
]

/** The two halves of Sync Settings. */
export function SyncSettingsTabs() {
  const here = useNavigation((state) => state.route.screen)
  return (
    <nav className="place-tabs" aria-label="Sync Settings">
      {PLACES.map(({ label, route }) => (
        <button type="button" key={label} aria-current={here === route.screen ? 'page' : undefined} onClick={() => goTo(route)}>
          {label}
        </button>
      ))}
    </nav>
  )
}
