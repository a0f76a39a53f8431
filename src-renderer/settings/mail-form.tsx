import { Button, Checkbox, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { MAIL_PORTS, MAIL_SECURITIES, type MailSettings, type MailSettingsInput } from '../../src-shared/mail'
import { mailText } from '../text/mail-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { saveMail } from './mail-store'
import { SendTest } from './send-test'

const words = mailText.server

interface Draft {
  host: string
  port: number
  security: MailSettingsInput['security']
  user: string
  password: string
  isPasswordAsked: boolean
  fromName: string
  fromAddress: string
  replyTo: string
}

function draftOf({ server, password, whyNotKept }: MailSettings): Draft {
  const empty = { host: '', port: MAIL_PORTS.STARTTLS, security: 'STARTTLS' as const, user: '', fromName: '', fromAddress: '', replyTo: '' }
  return { ...(server ?? empty), password: '', isPasswordAsked: whyNotKept !== null || password === 'until quit' }
}

function inputOf({ isPasswordAsked, password, ...draft }: Draft): MailSettingsInput {
  return { ...draft, isPasswordKept: !isPasswordAsked, ...(password === '' ? {} : { password }) }
}

interface PartProps {
  draft: Draft
  set: (part: Partial<Draft>) => void
}

function Server({ draft, set }: PartProps) {
  return (
    <div className="field-row">
      <TextInput
        label={words.host}
        description={words.hostHint}
        required
        maxLength={253}
        value={draft.host}
        onChange={(event) => set({ host: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.security}
        description={words.securityHint}
        data={MAIL_SECURITIES.map((value) => ({ value, label: words.securities[value] }))}
        value={draft.security}
        onChange={(event) => {
          const security = MAIL_SECURITIES.find((one) => one === event.currentTarget.value) ?? 'STARTTLS'
          set({ security, ...(draft.port === MAIL_PORTS[draft.security] ? { port: MAIL_PORTS[security] } : {}) })
        }}
      />
      <NumberInput
        label={words.port}
        description={words.portHint}
        min={1}
        max={65_535}
        allowDecimal={false}
        value={draft.port}
        onChange={(value) => set({ port: Number(value) })}
      />
    </div>
  )
}

function Login({ draft, set, settings }: PartProps & { settings: MailSettings }) {
  return (
    <div className="field-row">
      <TextInput
        label={words.user}
        description={words.userHint}
        maxLength={300}
        autoComplete="off"
        value={draft.user}
        onChange={(event) => set({ user: event.currentTarget.value })}
      />
      <PasswordInput
        label={words.password}
        visibilityToggleButtonProps={{ 'aria-label': words.showPassword }}
        description={words.passwords[settings.password]}
        maxLength={1000}
        autoComplete="new-password"
        disabled={draft.user.trim() === ''}
        value={draft.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
    </div>
  )
}

function Sender({ draft, set }: PartProps) {
  return (
    <div className="field-row">
      <TextInput
        label={words.fromName}
        description={words.fromNameHint}
        maxLength={100}
        value={draft.fromName}
        onChange={(event) => set({ fromName: event.currentTarget.value })}
      />
      <TextInput
        label={words.fromAddress}
        description={words.fromAddressHint}
        required
        maxLength={254}
        value={draft.fromAddress}
        onChange={(event) => set({ fromAddress: event.currentTarget.value })}
      />
      <TextInput
        label={words.replyTo}
        description={words.replyToHint}
        maxLength={254}
        value={draft.replyTo}
        onChange={(event) => set({ replyTo: event.currentTarget.value })}
      />
    </div>
  )
}

/** The mail server that notices go to. */
export function MailForm({ settings }: { settings: MailSettings }) {
  const [draft, setDraft] = useState(() => draftOf(settings))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    const refusal = await saveMail(inputOf(draft))
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    set({ password: '' })
    notifyDone(words.saved)
  }

  return (
    <form className="settings-form" onSubmit={submit} aria-label={words.form}>
      <Server draft={draft} set={set} />
      <Login draft={draft} set={set} settings={settings} />
      <Checkbox
        label={words.ask}
        description={settings.whyNotKept === null ? words.askHint : words.cannotKeep(settings.whyNotKept)}
        disabled={settings.whyNotKept !== null}
        checked={draft.isPasswordAsked}
        onChange={(event) => set({ isPasswordAsked: event.currentTarget.checked })}
      />
      {draft.security === 'none' && draft.user.trim() !== '' && (
        <Notice tone="caution">
          <p>{words.unprotected}</p>
        </Notice>
      )}
      <Sender draft={draft} set={set} />
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button type="submit" loading={isSaving}>
          {words.save}
        </Button>
      </div>
      <SendTest input={() => inputOf(draft)} isComplete={draft.host.trim() !== '' && draft.fromAddress.trim() !== ''} />
    </form>
  )
}
