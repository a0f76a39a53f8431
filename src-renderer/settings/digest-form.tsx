import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import type { DigestSettings } from '../../src-shared/mail'
import { mailText } from '../text/mail-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { saveDigest } from './mail-store'

const text = mailText.digest

/** The settings of the daily digest: whether, when and to whom it is sent. */
export function DigestForm({ digest }: { digest: DigestSettings }) {
  const [isOn, setOn] = useState(digest.isOn)
  const [time, setTime] = useState(digest.time)
  const [addresses, setAddresses] = useState(digest.addresses.join('\n'))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    const lines = addresses.split('\n').map((line) => line.trim())
    const result = await saveDigest({ isOn, time, addresses: lines.filter((line) => line !== '') })
    setSaving(false)
    setFailure(result.ok ? null : result.error)
    if (!result.ok) return
    setAddresses(result.value.addresses.join('\n'))
    notifyDone(text.saved)
  }

  return (
    <form className="settings-form" onSubmit={submit} aria-label={text.title}>
      <p className="no-margin">{text.about}</p>
      <Checkbox label={text.isOn} checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} />
      <div className="field-row">
        <TextInput
          type="time"
          label={text.time}
          description={text.timeHint}
          required
          value={time}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
        <Textarea
          label={text.addresses}
          description={text.addressesHint}
          autosize
          minRows={2}
          maxLength={6000}
          value={addresses}
          onChange={(event) => setAddresses(event.currentTarget.value)}
        />
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button type="submit" loading={isSaving}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}
