import { Button } from '@mantine/core'
import type { DestinationRow } from '../../src-shared/contract/contract'
import { STORE_INFO, type StoreKind } from '../../src-shared/stores'
import type { StoreInput } from '../stores/store-draft'
import { StoreForm } from '../stores/store-form'
import { saveStore } from '../sync-settings/sync-settings-store'
import { firstRunText } from '../text/first-run-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { discardPendingSource, goToNextStep, useGuide } from './guide-store'

const text = firstRunText.source

/** A store that was connected before there is a destination. */
export function PendingStore({ input }: { input: StoreInput }) {
  const failure = useGuide((state) => state.sourceFailure)
  return (
    <>
      <p className="no-margin">
        {text.pendingStore(input.name)} <ExternalText text={input.account.address} className="path" />
      </p>
      <p className="soft small no-margin">{text.savedLater}</p>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button variant="default" onClick={discardPendingSource}>
          {text.connectAgain}
        </Button>
      </div>
    </>
  )
}

interface StoreSourceProps {
  kind: StoreKind
  destination: DestinationRow | undefined
  onOther: () => void
}

/** Connects a store. If there is no destination yet, the connection is kept until there is one. */
export function StoreSource({ kind, destination, onOther }: StoreSourceProps) {
  const { verified, notice } = STORE_INFO[kind]
  const save = async (input: StoreInput) => {
    if (destination !== undefined) return saveStore({ ...input, destinationId: destination.id })
    useGuide.setState({ source: { kind: 'store', input }, sourceFailure: null })
    return null
  }
  return (
    <>
      {!verified && <p className="soft small no-margin">{notice}</p>}
      <StoreForm
        kind={kind}
        source={null}
        destinations={destination === undefined ? [] : [destination]}
        saveLabel={text.save}
        isSavedLater={destination === undefined}
        onSave={save}
        onDone={(name) => {
          if (destination !== undefined) notifyDone(text.saved(name))
          goToNextStep()
        }}
        onCancel={onOther}
      />
    </>
  )
}
