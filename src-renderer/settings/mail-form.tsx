import { Button, Checkbox, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { MAIL_PORTS, MAIL_SECURITY_MODES, type MailSettings, type MailSettingsInput } from '../../src-shared/mail'
import { mailText } from '../text/mail-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { saveMail } from './mail-store'
import { SendTest } from './send-test'

const text = mailText.server

interface Draft {
  host: string
  port: number
  security: MailSettingsInput['security']
  user: string
  password: string
  isPasswordPrompted: boolean
  fromName: string
  fromAddress: string
  replyTo: string
}

function draftOf({ server, password, cannotStoreReason }: MailSettings): Draft {
  const empty = { host: '', port: MAIL_PORTS.STARTTLS, security: 'STARTTLS' as const, user: '', fromName: '', fromAddress: '', replyTo: '' }
  return { ...(server ?? empty), password: '', isPasswordPrompted: cannotStoreReason !== null || password === 'until quit' }
}

function inputOf({ isPasswordPrompted, password, ...draft }: Draft): MailSettingsInput {
  return { ...draft, isPasswordKept: !isPasswordPrompted, ...(password === '' ? {} : { password }) }
}

interface DraftProps {
  draft: Draft
  set: (part: Partial<Draft>) => void
}

function ServerFields({ draft, set }: DraftProps) {
  return (
    <div className="field-row">
      <TextInput
        label={text.host}
        description={text.hostHint}
        required
        maxLength={253}
        value={draft.host}
        onChange={(event) => set({ host: event.currentTarget.value })}
      />
      <NativeSelect
        label={text.security}
        description={text.securityHint}
        data={MAIL_SECURITY_MODES.map((value) => ({ value, label: text.securityLabels[value] }))}
        value={draft.security}
        onChange={(event) => {
          const security = MAIL_SECURITY_MODES.find((option) => option === event.currentTarget.value) ?? 'STARTTLS'
          set({ security, ...(draft.port === MAIL_PORTS[draft.security] ? { port: MAIL_PORTS[security] } : {}) })
        }}
      />
      <NumberInput
        label={text.port}
        description={text.portHint}
        min={1}
        max={65_535}
        allowDecimal={false}
        value={draft.port}
        onChange={(value) => set({ port: Number(value) })}
      />
    </div>
  )
}

function LoginFields({ draft, set, settings }: DraftProps & { settings: MailSettings }) {
  return (
    <div className="field-row">
      <TextInput
        label={text.user}
        description={text.userHint}
        maxLength={300}
        autoComplete="off"
        value={draft.user}
        onChange={(event) => set({ user: event.currentTarget.value })}
      />
      <PasswordInput
        label={text.password}
        visibilityToggleButtonProps={{ 'aria-label': text.showPassword }}
        description={text.passwords[settings.password]}
        maxLength={1000}
        autoComplete="new-password"
        disabled={draft.user.trim() === ''}
        value={draft.password}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
    </div>
  )
}

function SenderFields({ draft, set }: DraftProps) {
  return (
    <div className="field-row">
      <TextInput
        label={text.fromName}
        description={text.fromNameHint}
        maxLength={100}
        value={draft.fromName}
        onChange={(event) => set({ fromName: event.currentTarget.value })}
      />
      <TextInput
        label={text.fromAddress}
        description={text.fromAddressHint}
        required
        maxLength={254}
        value={draft.fromAddress}
        onChange={(event) => set({ fromAddress: event.currentTarget.value })}
      />
      <TextInput
        label={text.replyTo}
        description={text.replyToHint}
        maxLength={254}
        value={draft.replyTo}
        onChange={(event) => set({ replyTo: event.currentTarget.value })}
      />
    </div>
  )
}

/** The form for the mail server settings, with a test email. */
export function MailForm({ settings }: { settings: MailSettings }) {
  const [draft, setDraft] = useState(() => draftOf(settings))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  const set = (part: Partial<Draft>) => setDraft((current) => ({ ...current, ...part }))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    const error = await saveMail(inputOf(draft))
    setSaving(false)
    setFailure(error)
    if (error !== null) return
    set({ password: '' })
    notifyDone(text.saved)
  }

  return (
    <form className="settings-form" onSubmit={submit} aria-label={text.form}>
      <ServerFields draft={draft} set={set} />
      <LoginFields draft={draft} set={set} settings={settings} />
      <Checkbox
        label={text.ask}
        description={settings.cannotStoreReason === null ? text.askHint : text.cannotKeep(settings.cannotStoreReason)}
        disabled={settings.cannotStoreReason !== null}
        checked={draft.isPasswordPrompted}
        onChange={(event) => set({ isPasswordPrompted: event.currentTarget.checked })}
      />
      {draft.security === 'none' && draft.user.trim() !== '' && (
        <Notice tone="caution">
          <p>{text.unprotected}</p>
        </Notice>
      )}
      <SenderFields draft={draft} set={set} />
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button type="submit" loading={isSaving}>
          {text.save}
        </Button>
      </div>
      <SendTest getInput={() => inputOf(draft)} isComplete={draft.host.trim() !== '' && draft.fromAddress.trim() !== ''} />
    </form>
  )
}
