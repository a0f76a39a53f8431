import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { SourceRow, StoreRow } from '../../src-shared/contract/contract'
import { enterStoreSecret } from '../sync-settings/sync-settings-store'
import { storesText } from '../text/stores-text'
import { FormDialog } from '../widgets/form-dialog'

const text = storesText.enterKey

/** Asks for the key of a saved store, e.g. after a start on a computer that can't keep it. */
export function EnterKeyDialog({ source, store, onClose }: { source: SourceRow; store: StoreRow; onClose: () => void }) {
  const [secret, setSecret] = useState('')
  const label = storesText.connect.signIns[store.signIn].secret
  return (
    <FormDialog
      title={text.title(source.name)}
      cancel={text.cancel}
      action={text.action}
      successMessage={text.entered(source.name)}
      isDisabled={secret.trim() === ''}
      onSubmit={() => enterStoreSecret({ sourceId: source.id, text: secret.trim() })}
      onDone={onClose}
      onClose={onClose}
    >
      <p>{text.hint}</p>
      <PasswordInput
        label={label}
        data-autofocus
        maxLength={4000}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': storesText.connect.show(label) }}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <p className="soft small">{text.lost}</p>
    </FormDialog>
  )
}
