import { useState } from 'react'
import type { StoreKind } from '../../src-shared/stores'
import { SourceChoice } from '../stores/source-choice'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { ExternalText } from '../widgets/external-text'
import { FolderSource } from './folder-source'
import { useGuide } from './guide-store'
import { PendingStore, StoreSource } from './store-source'

const text = firstRunText.source

/** The guide step that adds the source: a store, or files in a folder. */
export function SourceStep() {
  const settings = useSyncSettings((state) => state.settings)
  const pending = useGuide((state) => state.source)
  const [chosen, setChosen] = useState<'folder' | StoreKind | null>(() => (useGuide.getState().source?.kind === 'folder' ? 'folder' : null))
  const destination = settings?.destinations.find(({ isDefault }) => isDefault) ?? settings?.destinations[0]

  const sources = settings?.sources ?? []
  if (sources.length > 0) {
    return (
      <ul className="guide-done">
        {sources.map((source) => (
          <li key={source.id}>
            {text.alreadyDone(source.name)} <ExternalText text={source.store?.address ?? source.folder} className="path" />
          </li>
        ))}
      </ul>
    )
  }
  if (pending?.kind === 'store') return <PendingStore input={pending.input} />
  if (chosen === null) return <SourceChoice isStoreFirst onFolder={() => setChosen('folder')} onStore={setChosen} />
  if (chosen === 'folder') return <FolderSource destination={destination} onOther={() => setChosen(null)} />
  return <StoreSource kind={chosen} destination={destination} onOther={() => setChosen(null)} />
}
