import { Button, Checkbox, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { UpdateSettings } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { useQuery } from '../client/use-query'
import { updatesText } from '../text/updates-text'
import { LoadState } from '../widgets/load-state'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { UpdateCheck } from './update-check'
import './updates.css'

function UpdatesForm({ settings, onSaved }: { settings: UpdateSettings; onSaved: (settings: UpdateSettings) => void }) {
  const [isOn, setOn] = useState(settings.isOn)
  const [feedAddress, setFeedAddress] = useState(settings.feedAddress)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const isAddressFailure = failure?.field === 'feedAddress'

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    const result = await call('updates.saveSettings', { isOn, feedAddress })
    setSaving(false)
    setFailure(result.ok ? null : result.error)
    if (!result.ok) return
    setFeedAddress(result.value.feedAddress)
    onSaved(result.value)
    notifyDone(updatesText.saved)
  }

  return (
    <>
      <form className="settings-form" onSubmit={submit} aria-label={updatesText.form}>
        <Checkbox
          label={updatesText.isOn}
          description={updatesText.isOnHint}
          checked={isOn}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
        <TextInput
          label={updatesText.feedAddress}
          description={updatesText.feedAddressHint}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          maxLength={1000}
          value={feedAddress}
          error={isAddressFailure ? `${failure.message} ${failure.remedy}` : null}
          onChange={(event) => setFeedAddress(event.currentTarget.value)}
        />
        {failure !== null && !isAddressFailure && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" variant="default" loading={isSaving}>
            {updatesText.save}
          </Button>
        </div>
      </form>
      {settings.isOn && <UpdateCheck hasUnsavedChanges={!isOn || feedAddress.trim() !== settings.feedAddress} />}
    </>
  )
}

/** Settings > Updates: whether and where Ledgerdrop checks for updates, and the last result. */
export function UpdatesSection() {
  const { value: settings, failure, read, setValue } = useQuery('updates.getSettings', {})
  return (
    <section className="card" aria-labelledby="updates">
      <h2 id="updates">{updatesText.title}</h2>
      <p className="no-margin">{updatesText.about}</p>
      {settings !== null && <UpdatesForm settings={settings} onSaved={setValue} />}
      <LoadState message={updatesText.reading} isLoaded={settings !== null} failure={failure} onRetry={read} />
    </section>
  )
}
