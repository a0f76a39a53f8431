import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import type { SyncSettings } from '../../src-shared/contract/contract'
import { STORE_INFO, type StoreKind } from '../../src-shared/stores'
import { goBack, goTo, leaveSafely, replaceRoute } from '../navigation/navigation'
import type { Route } from '../navigation/routes'
import { StoreForm } from '../stores/store-form'
import { loadSyncSettings, saveStore, useLoadedSyncSettings } from '../sync-settings/sync-settings-store'
import { storesText } from '../text/stores-text'
import { ExternalText } from '../widgets/external-text'
import { LoadState } from '../widgets/load-state'
import { Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { ScreenTitle } from '../widgets/screen'

const text = storesText.screen

function openSettings(): void {
  goTo({ screen: 'sync-settings' })
}

function Gone() {
  return (
    <Notice
      tone="caution"
      actions={
        <Button variant="default" onClick={openSettings}>
          {text.open}
        </Button>
      }
    >
      <p>{text.gone}</p>
    </Notice>
  )
}

function Connection({ settings, sourceId, newKind }: { settings: SyncSettings; sourceId: number | null; newKind: StoreKind | null }) {
  const source = settings.sources.find(({ id }) => id === sourceId) ?? null
  const kind = source?.store?.kind ?? newKind
  if (kind === null) return <Gone />
  const { title, verified, notice } = STORE_INFO[kind]
  const done = (name: string) => {
    notifyDone(source === null ? storesText.form.connected(name) : storesText.form.saved(name))
    replaceRoute({ screen: 'sync-settings' })
  }
  return (
    <>
      <div className="screen-head">
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={15} aria-hidden />}
          title={text.backHelp}
          onClick={() => goBack({ screen: 'sync-settings' })}
        >
          {text.back}
        </Button>
        <ScreenTitle>{source === null ? text.newTitle(title) : <ExternalText text={source.name} />}</ScreenTitle>
      </div>
      {!verified && <p className="soft small no-margin">{notice}</p>}
      <StoreForm
        kind={kind}
        source={source}
        destinations={settings.destinations}
        onSave={(input, destinationId) => saveStore({ ...input, destinationId })}
        onDone={done}
        onCancel={() => leaveSafely(() => replaceRoute({ screen: 'sync-settings' }))}
      />
    </>
  )
}

/** The connection to a store, opened from Orders > Sync Settings; a new one if the route has no id. */
export function StoreScreen({ route: { sourceId, kind } }: { route: Route<'store'> }) {
  const { settings, failure } = useLoadedSyncSettings()
  return (
    <div className="screen store-screen">
      <LoadState message={text.reading} isLoaded={settings !== null} failure={failure} onRetry={loadSyncSettings} />
      {settings !== null && <Connection key={sourceId} settings={settings} sourceId={sourceId} newKind={kind} />}
    </div>
  )
}
