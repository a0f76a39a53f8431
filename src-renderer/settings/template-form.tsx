import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { type NoticeTemplate, PLACEHOLDERS } from '../../src-shared/mail'
import { mailText } from '../text/mail-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { saveTemplate } from './mail-store'
import { TemplatePreview } from './template-preview'

const labels = mailText.template

/** The form for the email templates that Notify Customer uses, one per status, with a live preview. */
export function TemplateForm({ templates }: { templates: NoticeTemplate[] }) {
  const [chosen, setChosen] = useState<NoticeTemplate['status']>('Dispatched')
  const template = templates.find(({ status }) => status === chosen)
  return (
    <>
      <NativeSelect
        label={labels.status}
        className="template-status"
        data={templates.map(({ status }) => status)}
        value={chosen}
        onChange={(event) => setChosen(templates.find(({ status }) => status === event.currentTarget.value)?.status ?? chosen)}
      />
      {template !== undefined && <TemplateEditor key={`${chosen} ${template.isDefault}`} template={template} />}
    </>
  )
}

function Placeholders() {
  return (
    <ul className="placeholder-list small soft">
      {Object.entries(PLACEHOLDERS).map(([name, meaning]) => (
        <li key={name}>
          <code>{`{{${name}}}`}</code> {meaning}
        </li>
      ))}
    </ul>
  )
}

function TemplateEditor({ template }: { template: NoticeTemplate }) {
  const { status, isDefault } = template
  const [subject, setSubject] = useState(template.subject)
  const [text, setText] = useState(template.text)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  const save = async (changed: { subject: string; text: string } | null) => {
    setSaving(true)
    const error = await saveTemplate({ status, template: changed })
    setSaving(false)
    setFailure(error)
    if (error === null) notifyDone(changed === null ? labels.wasReset(status) : labels.saved(status))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save({ subject, text })
  }

  return (
    <div className="template-columns">
      <form className="settings-form" onSubmit={submit} aria-label={labels.form(status)}>
        <TextInput
          label={labels.subject}
          required
          maxLength={200}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label={labels.text}
          required
          autosize
          minRows={8}
          maxRows={20}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Placeholders />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" loading={isSaving}>
            {labels.save}
          </Button>
          <Button variant="default" disabled={isDefault} onClick={() => save(null)}>
            {labels.reset}
          </Button>
        </div>
      </form>
      <TemplatePreview status={status} subject={subject} text={text} />
    </div>
  )
}
