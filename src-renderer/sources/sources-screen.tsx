import { Button } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { DestinationRow, SourceRow, SyncSettings } from '../../src-shared/contract/contract'
import { PROFILE_INFO } from '../../src-shared/profiles/profiles'
import { goTo } from '../navigation/navigation'
import { loadSyncSettings, useLoadedSyncSettings } from '../sync-settings/sync-settings-store'
import { SyncSettingsTabs } from '../sync-settings/sync-settings-tabs'
import { FailureText, Notice } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { OutsideText } from '../widgets/outside-text'
import { Screen } from '../widgets/screen'
import { SourceForm } from './source-form'
import './sources.css'
import { useCan } from '../session/can'
import { syncSettingsText } from '../text/sync-settings-text'
import { ReadState } from '../widgets/read-state'

const WORDS = syncSettingsText.screen

/** What is being edited: an id, a new one, or nothing. */
type Editing = number | 'new' | null

function EditButton({ name, onClick }: { name: string; onClick: () => void }) {
  const mayChange = useCan('settings.saveSource')
  if (!mayChange) return null
  return (
    <Button variant="default" aria-label={WORDS.editOne(name)} leftSection={<IconPencil size={15} aria-hidden />} onClick={onClick}>
      {WORDS.edit}
    </Button>
  )
}

function SourceItem({ source, destinations, onEdit }: { source: SourceRow; destinations: DestinationRow[]; onEdit: () => void }) {
  const target = destinations.find((destination) => destination.id === source.destinationId)
  return (
    <div className="setting-item">
      <div>
        <h3>
          <OutsideText text={source.name} />
        </h3>
        <p>
          {WORDS.reads} <OutsideText text={source.folder} className="path" />
          {WORDS.sendsTo} <OutsideText text={target?.name ?? WORDS.noDestination} />
        </p>
      </div>
      <OpenFolderButton folder={source.folder} />
      <EditButton name={source.name} onClick={onEdit} />
    </div>
  )
}

function DestinationItem({ destination, onEdit }: { destination: DestinationRow; onEdit: () => void }) {
  const mayChange = useCan('settings.saveDestination')
  const { name, profile, folder, isDefault, trouble } = destination
  const info = PROFILE_INFO[profile]
  return (
    <div className="setting-item">
      <div>
        <h3>
          <OutsideText text={name} /> {isDefault && <span className="pill">{WORDS.default}</span>}
        </h3>
        <p>
          {WORDS.into(info.title)} <OutsideText text={folder} className="path" />
        </p>
        {!info.verified && <p className="soft small">{info.notice}</p>}
      </div>
      <OpenFolderButton folder={folder} />
      {mayChange ? (
        <EditButton name={name} onClick={onEdit} />
      ) : (
        <Button variant="default" aria-label={WORDS.lookAt(name)} onClick={onEdit}>
          {WORDS.look}
        </Button>
      )}
      {trouble !== null && (
        <div className="setting-trouble">
          <Notice tone="bad">
            <FailureText failure={trouble} />
          </Notice>
        </div>
      )}
    </div>
  )
}

function Sources({ settings }: { settings: SyncSettings }) {
  const mayAdd = useCan('settings.saveSource')
  const [editing, setEditing] = useState<Editing>(null)
  const close = () => setEditing(null)
  const { sources, destinations } = settings
  return (
    <section className="card" aria-labelledby="sources">
      <div className="card-head">
        <h2 id="sources">{WORDS.sources}</h2>
        {mayAdd && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} aria-hidden />}
            disabled={editing !== null || destinations.length === 0}
            onClick={() => setEditing('new')}
          >
            {WORDS.addSource}
          </Button>
        )}
      </div>
      {destinations.length === 0 && <p className="soft no-margin">{WORDS.destinationFirst}</p>}
      {editing === 'new' && <SourceForm source={null} destinations={destinations} onClose={close} />}
      <ul className="setting-list">
        {sources.map((source) => (
          <li key={source.id}>
            {editing === source.id ? (
              <SourceForm source={source} destinations={destinations} onClose={close} />
            ) : (
              <SourceItem source={source} destinations={destinations} onEdit={() => setEditing(source.id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Destinations({ destinations }: { destinations: DestinationRow[] }) {
  const mayAdd = useCan('settings.saveDestination')
  const open = (destinationId: number | null) => goTo({ screen: 'destination', destinationId })
  return (
    <section className="card" aria-labelledby="destinations">
      <div className="card-head">
        <h2 id="destinations">{WORDS.destinations}</h2>
        {mayAdd && (
          <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => open(null)}>
            {WORDS.addDestination}
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
    <Screen title={WORDS.title}>
      <SyncSettingsTabs />
      <ReadState what={WORDS.reading} isRead={settings !== null} failure={failure} onRetry={loadSyncSettings} />
      {settings !== null && (
        <>
          <Sources settings={settings} />
          <Destinations destinations={settings.destinations} />
        </>
      )}
    </Screen>
  )
}
