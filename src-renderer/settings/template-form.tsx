import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { type NoticeTemplate, PLACEHOLDERS } from '../../src-shared/mail'
import { mailText } from '../text/mail-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { saveTemplate } from './mail-store'
import { TemplatePreview } from './template-preview'

const words = mailText.template

/** The mails that Notify Customer sends, one for each new status, with a live preview. */
export function TemplateForm({ templates }: { templates: NoticeTemplate[] }) {
  const [chosen, setChosen] = useState<NoticeTemplate['status']>('Dispatched')
  const template = templates.find(({ status }) => status === chosen)
  return (
    <>
      <NativeSelect
        label={words.status}
        className="template-status"
        data={templates.map(({ status }) => status)}
        value={chosen}
        onChange={(event) => setChosen(templates.find(({ status }) => status === event.currentTarget.value)?.status ?? chosen)}
      />
      {template !== undefined && <OneTemplate key={`${chosen} ${template.isDefault}`} template={template} />}
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

function OneTemplate({ template }: { template: NoticeTemplate }) {
  const { status, isDefault } = template
  const [subject, setSubject] = useState(template.subject)
  const [text, setText] = useState(template.text)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)

  const save = async (changed: { subject: string; text: string } | null) => {
    setSaving(true)
    const refusal = await saveTemplate({ status, template: changed })
    setSaving(false)
    setFailure(refusal)
    if (refusal === null) notifyDone(changed === null ? words.wasReset(status) : words.saved(status))
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save({ subject, text })
  }

  return (
    <div className="template-columns">
      <form className="settings-form" onSubmit={submit} aria-label={words.form(status)}>
        <TextInput
          label={words.subject}
          required
          maxLength={200}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label={words.text}
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
            {words.save}
          </Button>
          <Button variant="default" disabled={isDefault} onClick={() => save(null)}>
            {words.reset}
          </Button>
        </div>
      </form>
      <TemplatePreview status={status} subject={subject} text={text} />
    </div>
  )
}
