import { Button } from '@mantine/core'
import { IconExternalLink, IconKey } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { SourceRow, StoreRow } from '../../src-shared/contract/contract'
import { STORE_INFO } from '../../src-shared/stores'
import { useCan } from '../session/can'
import { EnterKeyDialog } from '../stores/enter-key-dialog'
import { showStorePage } from '../stores/open-store-page'
import { storesText } from '../text/stores-text'
import { ExternalText } from '../widgets/external-text'
import { FailureText, Notice } from '../widgets/notice'
import { AgoText, TimeText } from '../widgets/time-text'

const text = storesText.item

interface StoreItemProps {
  source: SourceRow
  store: StoreRow
  /** The name of the destination. */
  destination: string
  edit: ReactNode
}

function LastRead({ store }: { store: StoreRow }) {
  if (store.readAt === null) return <p className="soft small">{text.neverRead}</p>
  return (
    <p className="soft small">
      {text.readBefore}
      <AgoText at={store.readAt} />
      {text.readAfter}
    </p>
  )
}

function EnterKeyButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <Button aria-label={text.enterKeyOf(name)} leftSection={<IconKey size={15} aria-hidden />} onClick={onClick}>
      {text.enterKey}
    </Button>
  )
}

/** A source that is a store: its kind and address, when it was read, and why it can't be read. */
export function StoreItem({ source, store, destination, edit }: StoreItemProps) {
  const [isAsking, setAsking] = useState(false)
  const canEnterKey = useCan('stores.enterSecret')
  const { title, verified, notice } = STORE_INFO[store.kind]
  const { failure, failingSince } = store
  return (
    <div className="setting-item">
      <div>
        <h3>
          <ExternalText text={source.name} /> <span className="pill">{title}</span>
        </h3>
        <p>
          {text.reads} <ExternalText text={store.address} className="path" />
          {text.sendsTo} <ExternalText text={destination} />
        </p>
        <LastRead store={store} />
        {!verified && <p className="soft small">{notice}</p>}
      </div>
      <Button
        variant="default"
        aria-label={text.openStoreOf(source.name)}
        leftSection={<IconExternalLink size={15} aria-hidden />}
        onClick={() => showStorePage('source', source.id)}
      >
        {text.openStore}
      </Button>
      {edit}
      {failure !== null && (
        <div className="setting-failure">
          <Notice
            tone="bad"
            actions={!store.hasSecret && canEnterKey && <EnterKeyButton name={source.name} onClick={() => setAsking(true)} />}
          >
            <FailureText failure={failure} />
            {failingSince !== null && (
              <p className="small">
                {text.since}
                <TimeText at={failingSince} />
              </p>
            )}
          </Notice>
        </div>
      )}
      {isAsking && <EnterKeyDialog source={source} store={store} onClose={() => setAsking(false)} />}
    </div>
  )
}
