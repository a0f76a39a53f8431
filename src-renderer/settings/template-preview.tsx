import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { NoticeTemplate } from '../../src-shared/mail'
import { useLiveAnswer } from '../client/use-live-answer'
import { mailText } from '../text/mail-text'
import { MailPreview } from '../widgets/mail-preview'
import { FailureNotice } from '../widgets/notice'

const TYPING_PAUSE_MS = 200
const words = mailText.template

/** What a template that need not be saved makes of an order, live. */
export function TemplatePreview({ status, subject, text }: Pick<NoticeTemplate, 'status' | 'subject' | 'text'>) {
  const [number, setNumber] = useState('')
  const input = { status, template: { subject, text }, number, comments: words.sampleComments }
  const { value: preview, failure } = useLiveAnswer('notices.preview', input, { afterMs: TYPING_PAUSE_MS })

  return (
    <div className="template-preview">
      <TextInput
        label={words.previewOrder}
        placeholder={words.previewOrderHint}
        maxLength={100}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      {failure !== null && <FailureNotice failure={failure} />}
      {preview !== null && <MailPreview label={words.preview} mail={preview} />}
    </div>
  )
}
