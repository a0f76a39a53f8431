import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { useCan } from '../session/can'
import { settingsText } from '../text/settings-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'

const text = settingsText.support

/** Settings > Support: the email address that Log a Ticket uses. */
export function SupportSection() {
  const [email, setEmail] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const canChange = useCan('support.saveSettings')
  useEffect(() => {
    void call('support.settings', {}).then((result) => {
      if (result.ok) setEmail(result.value.email)
      else setFailure(result.error)
    })
  }, [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await call('support.saveSettings', { email: email ?? '' })
    setFailure(result.ok ? null : result.error)
    if (!result.ok) return
    setEmail(result.value.email)
    notifyDone(text.saved)
  }

  return (
    <section className="card" aria-labelledby="support">
      <h2 id="support">{text.title}</h2>
      {canChange ? (
        <form className="support-form" onSubmit={submit}>
          <TextInput
            label={text.email}
            description={text.emailHint}
            maxLength={254}
            disabled={email === null}
            value={email ?? ''}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={email === null}>
            {text.save}
          </Button>
        </form>
      ) : (
        <p className="no-margin">{email || text.none}</p>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
    </section>
  )
}
