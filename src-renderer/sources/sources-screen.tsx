import { Button } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { DestinationRow, SourceRow, SyncSettings } from '../../src-shared/contract/contract'
import { PROFILE_INFO } from '../../src-shared/profiles/profiles'
import { goTo } from '../navigation/navigation'
import { SourceChoice } from '../stores/source-choice'
import { loadSyncSettings, useLoadedSyncSettings } from '../sync-settings/sync-settings-store'
import { SyncSettingsTabs } from '../sync-settings/sync-settings-tabs'
import { ExternalText } from '../widgets/external-text'
import { FailureText, Notice } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { Screen } from '../widgets/screen'
import { SourceForm } from './source-form'
import { StoreItem } from './store-item'
import './sources.css'
import { useCan } from '../session/can'
import { syncSettingsText } from '../text/sync-settings-text'
import { LoadState } from '../widgets/load-state'

const text = syncSettingsText.screen

/** What is being edited: a source by its id, a new folder, the kind of a new source, or nothing. */
type Editing = number | 'folder' | 'choice' | null

function EditButton({ name, onClick }: { name: string; onClick: () => void }) {
  const canChange = useCan('settings.saveSource')
  if (!canChange) return null
  return (
    <Button variant="default" aria-label={text.editOne(name)} leftSection={<IconPencil size={15} aria-hidden />} onClick={onClick}>
      {text.edit}
    </Button>
  )
}

function SourceItem({ source, destinations, onEdit }: { source: SourceRow; destinations: DestinationRow[]; onEdit: () => void }) {
  const destination = destinations.find(({ id }) => id === source.destinationId)?.name ?? text.noDestination
  if (source.store !== null) {
    return (
      <StoreItem source={source} store={source.store} destination={destination} edit={<EditButton name={source.name} onClick={onEdit} />} />
    )
  }
  return (
    <div className="setting-item">
      <div>
        <h3>
          <ExternalText text={source.name} />
        </h3>
        <p>
          {text.reads} <ExternalText text={source.folder} className="path" />
          {text.sendsTo} <ExternalText text={destination} />
        </p>
      </div>
      <OpenFolderButton folder={source.folder} />
      <EditButton name={source.name} onClick={onEdit} />
    </div>
  )
}

function DestinationItem({ destination, onEdit }: { destination: DestinationRow; onEdit: () => void }) {
  const canChange = useCan('settings.saveDestination')
  const { name, profile, folder, isDefault, failure } = destination
  const info = PROFILE_INFO[profile]
  return (
    <div className="setting-item">
      <div>
        <h3>
          <ExternalText text={name} /> {isDefault && <span className="pill">{text.default}</span>}
        </h3>
        <p>
          {text.into(info.title)} <ExternalText text={folder} className="path" />
        </p>
        {!info.isVerified && <p className="soft small">{info.notice}</p>}
      </div>
      <OpenFolderButton folder={folder} />
      {canChange ? (
        <EditButton name={name} onClick={onEdit} />
      ) : (
        <Button variant="default" aria-label={text.showOne(name)} onClick={onEdit}>
          {text.show}
        </Button>
      )}
      {failure !== null && (
        <div className="setting-failure">
          <Notice tone="bad">
            <FailureText failure={failure} />
          </Notice>
        </div>
      )}
    </div>
  )
}

function Sources({ settings }: { settings: SyncSettings }) {
  const canAdd = useCan('settings.saveSource')
  const [editing, setEditing] = useState<Editing>(null)
  const close = () => setEditing(null)
  const edit = ({ id, store }: SourceRow) => (store === null ? setEditing(id) : goTo({ screen: 'store', sourceId: id, kind: null }))
  const { sources, destinations } = settings
  return (
    <section className="card" aria-labelledby="sources">
      <div className="card-head">
        <h2 id="sources">{text.sources}</h2>
        {canAdd && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            disabled={editing !== null || destinations.length === 0}
            onClick={() => setEditing('choice')}
          >
            {text.addSource}
          </Button>
        )}
      </div>
      {destinations.length === 0 && <p className="soft no-margin">{text.destinationFirst}</p>}
      {editing === 'choice' && (
        <SourceChoice
          onFolder={() => setEditing('folder')}
          onStore={(kind) => goTo({ screen: 'store', sourceId: null, kind })}
          onCancel={close}
        />
      )}
      {editing === 'folder' && <SourceForm source={null} destinations={destinations} onClose={close} />}
      <ul className="setting-list">
        {sources.map((source) => (
          <li key={source.id}>
            {editing === source.id ? (
              <SourceForm source={source} destinations={destinations} onClose={close} />
            ) : (
              <SourceItem source={source} destinations={destinations} onEdit={() => edit(source)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Destinations({ destinations }: { destinations: DestinationRow[] }) {
  const canAdd = useCan('settings.saveDestination')
  const open = (destinationId: number | null) => goTo({ screen: 'destination', destinationId })
  return (
    <section className="card" aria-labelledby="destinations">
      <div className="card-head">
        <h2 id="destinations">{text.destinations}</h2>
        {canAdd && (
          <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => open(null)}>
            {text.addDestination}
          </Button>
        )}
      </div>
      <ul className="setting-list">
        {destinations.map((destination) => (
          <li key={destination.id}>
            <DestinationItem destination={destination} onEdit={() => open(destination.id)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Orders > Sync Settings. */
export function SourcesScreen() {
  const { settings, failure } = useLoadedSyncSettings()
  return (
    <Screen title={text.title}>
      <SyncSettingsTabs />
      <LoadState message={text.reading} isLoaded={settings !== null} failure={failure} onRetry={loadSyncSettings} />
      {settings !== null && (
        <>
          <Sources settings={settings} />
          <Destinations destinations={settings.destinations} />
        </>
      )}
    </Screen>
  )
}
