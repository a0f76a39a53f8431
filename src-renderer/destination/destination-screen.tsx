import { Button } from '@mantine/core'
import { goTo } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { loadSyncSettings, useLoadedSyncSettings } from '../sync-settings/sync-settings-store'
import { FailureNotice, Notice } from '../widgets/notice'
import { Screen } from '../widgets/screen'
import { Waiting } from '../widgets/waiting'
import { DestinationPage } from './destination-page'
import './setting-groups.css'
import './destination.css'
import './element-list.css'
import './kfi-template.css'
import { destinationText } from '../text/destination-text'

const text = destinationText.missing

/** The screen for a destination, opened from Orders > Sync Settings. If the route has no id, the destination is new. */
export function DestinationScreen({ route: { destinationId } }: { route: Route<'destination'> }) {
  const { settings, failure } = useLoadedSyncSettings()
  const destination = settings?.destinations.find(({ id }) => id === destinationId) ?? null
  if (settings !== null && (destination !== null || destinationId === null)) return <DestinationPage destination={destination} />
  return (
    <Screen title={text.title}>
      {failure !== null && <FailureNotice failure={failure} />}
      {settings === null && failure === null && <Waiting message={text.reading} onRetry={loadSyncSettings} />}
      {settings !== null && (
        <Notice
          tone="caution"
          actions={
            <Button variant="default" onClick={() => goTo({ screen: 'sync-settings' })}>
              {text.open}
            </Button>
          }
        >
          <p>{text.gone}</p>
        </Notice>
      )}
    </Screen>
  )
}
