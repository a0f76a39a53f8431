import { goTo, useNavigation } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { syncSettingsText } from '../text/sync-settings-text'
import './sync-settings-tabs.css'

const text = syncSettingsText.tabs

const TABS: readonly { label: string; route: Route }[] = [
  { label: text.sourcesAndDestinations, route: { screen: 'sync-settings' } },
  { label: text.codes, route: { screen: 'codes' } },
]

/** The tabs of Sync Settings. */
export function SyncSettingsTabs() {
  const currentScreen = useNavigation((state) => state.route.screen)
  return (
    <nav className="settings-tabs" aria-label={text.label}>
      {TABS.map(({ label, route }) => (
        <button type="button" key={label} aria-current={currentScreen === route.screen ? 'page' : undefined} onClick={() => goTo(route)}>
          {label}
        </button>
      ))}
    </nav>
  )
}
