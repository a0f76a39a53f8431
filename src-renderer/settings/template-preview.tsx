import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { NoticeTemplate } from '../../src-shared/mail'
import { useLiveQuery } from '../client/use-live-query'
import { mailText } from '../text/mail-text'
import { MailPreview } from '../widgets/mail-preview'
import { FailureNotice } from '../widgets/notice'

const TYPING_PAUSE_MS = 200
const labels = mailText.template

/** A live preview of a template, saved or not, filled in for an order. */
export function TemplatePreview({ status, subject, text }: Pick<NoticeTemplate, 'status' | 'subject' | 'text'>) {
  const [number, setNumber] = useState('')
  const input = { status, template: { subject, text }, number, comments: labels.sampleComments }
  const { value: preview, failure } = useLiveQuery('notices.preview', input, { delayMs: TYPING_PAUSE_MS })

  return (
    <div className="template-preview">
      <TextInput
        label={labels.previewOrder}
        placeholder={labels.previewOrderHint}
        maxLength={100}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      {failure !== null && <FailureNotice failure={failure} />}
      {preview !== null && <MailPreview label={labels.preview} mail={preview} />}
    </div>
  )
}
