import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Result } from '../../src-shared/failure'
import type { MailSettingsInput } from '../../src-shared/mail'
import { mailText } from '../text/mail-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { sendTest } from './mail-store'

/** Sends a test email with the form's settings, saved or not. `isComplete`: the required settings are filled in. */
export function SendTest({ getInput, isComplete }: { getInput: () => MailSettingsInput; isComplete: boolean }) {
  const [to, setTo] = useState('')
  const [isSending, setSending] = useState(false)
  const [result, setResult] = useState<Result<{ answer: string }> | null>(null)

  const send = async () => {
    setResult(null)
    setSending(true)
    setResult(await sendTest({ ...getInput(), to }))
    setSending(false)
  }

  return (
    <>
      <div className="mail-test">
        <TextInput
          label={mailText.test.to}
          description={mailText.test.toHint}
          maxLength={254}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button variant="default" loading={isSending} disabled={to.trim() === '' || !isComplete} onClick={send}>
          {mailText.test.send}
        </Button>
      </div>
      {result?.ok === false && <FailureNotice failure={result.error} />}
      {result?.ok === true && (
        <Notice tone="plain" role="status">
          <p>
            {mailText.test.accepted} <ExternalText text={result.value.answer} />
          </p>
        </Notice>
      )}
    </>
  )
}
