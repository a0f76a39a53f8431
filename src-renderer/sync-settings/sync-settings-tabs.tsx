import { goTo, useNavigation } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { syncSettingsText } from '../text/sync-settings-text'
import './sync-settings-tabs.css'

const WORDS = syncSettingsText.tabs

const PLACES: readonly { label: string; route: Route }[] = [
  { label: WORDS.places, route: { screen: 'sync-settings' } },
  { label: WORDS.codes, route: { screen: 'codes' } },
]

/** The two halves of Sync Settings. */
export function SyncSettingsTabs() {
  const here = useNavigation((state) => state.route.screen)
  return (
    <nav className="place-tabs" aria-label={WORDS.label}>
      {PLACES.map(({ label, route }) => (
        <button type="button" key={label} aria-current={here === route.screen ? 'page' : undefined} onClick={() => goTo(route)}>
          {label}
        </button>
      ))}
    </nav>
  )
}
