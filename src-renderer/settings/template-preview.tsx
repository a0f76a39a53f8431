import { TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import type { NoticePreview, NoticeTemplate } from '../../src-shared/mail'
import { mailText } from '../text/mail-text'
import { MailPreview } from '../widgets/mail-preview'
import { FailureNotice } from '../widgets/notice'
import { previewTemplate } from './mail-store'

const PREVIEW_AFTER_MS = 200
const words = mailText.template

/** What a template that need not be saved makes of an order, live. */
export function TemplatePreview({ status, subject, text }: Pick<NoticeTemplate, 'status' | 'subject' | 'text'>) {
  const [number, setNumber] = useState('')
  const [preview, setPreview] = useState<NoticePreview | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(async () => {
      const result = await previewTemplate({ status, template: { subject, text }, number, comments: words.sampleComments })
      if (!isCurrent) return
      setFailure(result.ok ? null : result.error)
      if (result.ok) setPreview(result.value)
    }, PREVIEW_AFTER_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [status, subject, text, number])

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
      {preview !== null && failure === null && <MailPreview label={words.preview} mail={preview} />}
    </div>
  )
}
