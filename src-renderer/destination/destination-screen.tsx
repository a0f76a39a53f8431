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

const WORDS = destinationText.missing

/** Orders > Sync Settings > a destination, or a new one. */
export function DestinationScreen({ route: { destinationId } }: { route: Route<'destination'> }) {
  const { settings, failure } = useLoadedSyncSettings()
  const destination = settings?.destinations.find((one) => one.id === destinationId) ?? null
  if (settings !== null && (destination !== null || destinationId === null)) return <DestinationPage destination={destination} />
  return (
    <Screen title={WORDS.title}>
      {failure !== null && <FailureNotice failure={failure} />}
      {settings === null && failure === null && <Waiting what={WORDS.reading} onRetry={loadSyncSettings} />}
      {settings !== null && (
        <Notice
          tone="caution"
          actions={
            <Button variant="default" onClick={() => goTo({ screen: 'sync-settings' })}>
              {WORDS.open}
            </Button>
          }
        >
          <p>{WORDS.gone}</p>
        </Notice>
      )}
    </Screen>
  )
}
