import { Button, Checkbox, NativeSelect, NumberInput, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure, Result } from '../../src-shared/failure'
import { MAIL_PORTS, MAIL_SECURITIES, type MailSettings, type MailSettingsInput } from '../../src-shared/mail'
import { tellDone } from '../shell/tell'
import { FailureNotice, Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { saveMail, sendTest } from './mail-store'

const SECURITY_WORDS = { STARTTLS: 'STARTTLS (usual)', TLS: 'TLS', none: 'none: everybody in between can read it' } as const

const PASSWORD_WORDS: Readonly<Record<MailSettings['password'], string>> = {
  'not needed': '',
  kept: 'One is kept on this computer. Leave blank to go on with it.',
  'until quit': 'One is kept in memory until Ledgerdrop quits. Leave blank to go on with it.',
  missing: 'It has to be entered before mail can be sent.',
}

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
    tellDone('E-mail settings saved.')
  }

  return (
    <form className="settings-form" onSubmit={submit} aria-label="Mail server">
      <div className="field-row">
        <TextInput
          label="Mail server"
          description="As your mail provider names it for sending (SMTP)."
          required
          maxLength={253}
          value={draft.host}
          onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <NativeSelect
          label="Security"
          description="The server's certificate is always checked."
          data={MAIL_SECURITIES.map((value) => ({ value, label: SECURITY_WORDS[value] }))}
          value={draft.security}
          onChange={(event) => {
            const security = MAIL_SECURITIES.find((one) => one === event.currentTarget.value) ?? 'STARTTLS'
            set({ security, ...(draft.port === MAIL_PORTS[draft.security] ? { port: MAIL_PORTS[security] } : {}) })
          }}
        />
        <NumberInput
          label="Port"
          description="Usual: 587, 465, 25."
          min={1}
          max={65_535}
          allowDecimal={false}
          value={draft.port}
          onChange={(value) => set({ port: Number(value) })}
        />
      </div>
      <div className="field-row">
        <TextInput
          label="User"
          description="Blank where the server asks for none."
          maxLength={300}
          autoComplete="off"
          value={draft.user}
          onChange={(event) => set({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label="Password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          description={PASSWORD_WORDS[settings.password] || 'Never shown again.'}
          maxLength={1000}
          autoComplete="new-password"
          disabled={draft.user.trim() === ''}
          value={draft.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
      </div>
      <Checkbox
        label="Ask for the password after every start"
        description={
          settings.whyNotKept === null
            ? 'It is then kept in memory only; otherwise the computer’s key store keeps it.'
            : `This computer cannot keep it: ${settings.whyNotKept}. It is kept in memory until Ledgerdrop quits.`
        }
        disabled={settings.whyNotKept !== null}
        checked={draft.isPasswordAsked}
        onChange={(event) => set({ isPasswordAsked: event.currentTarget.checked })}
      />
      {draft.security === 'none' && draft.user.trim() !== '' && (
        <Notice tone="caution">
          <p>Without encryption the password and every mail can be read on their way. Choose STARTTLS or TLS if the server has it.</p>
        </Notice>
      )}
      <div className="field-row">
        <TextInput
          label="From name"
          description="{{shop}} in the templates."
          maxLength={100}
          value={draft.fromName}
          onChange={(event) => set({ fromName: event.currentTarget.value })}
        />
        <TextInput
          label="From address"
          description="As the customer sees it."
          required
          maxLength={254}
          value={draft.fromAddress}
          onChange={(event) => set({ fromAddress: event.currentTarget.value })}
        />
        <TextInput
          label="Reply to"
          description="Blank: answers go to the From address."
          maxLength={254}
          value={draft.replyTo}
          onChange={(event) => set({ replyTo: event.currentTarget.value })}
        />
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      <div className="form-actions">
        <Button type="submit" loading={isSaving}>
          Save E-mail Settings
        </Button>
      </div>
      <SendTest input={() => inputOf(draft)} isComplete={draft.host.trim() !== '' && draft.fromAddress.trim() !== ''} />
    </form>
  )
}

function SendTest({ input, isComplete }: { input: () => MailSettingsInput; isComplete: boolean }) {
  const [to, setTo] = useState('')
  const [isSending, setSending] = useState(false)
  const [result, setResult] = useState<Result<{ answer: string }> | null>(null)

  const send = async () => {
    setResult(null)
    setSending(true)
    setResult(await sendTest({ ...input(), to }))
    setSending(false)
  }

  return (
    <>
      <div className="mail-test">
        <TextInput
          label="Test address"
          description="The test uses what stands above, saved or not."
          maxLength={254}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button variant="default" loading={isSending} disabled={to.trim() === '' || !isComplete} onClick={send}>
          Send a Test
        </Button>
      </div>
      {result?.ok === false && <FailureNotice failure={result.error} />}
      {result?.ok === true && (
        <Notice tone="plain" role="status">
          <p>
            The mail server took the test mail. It answered: <OutsideText text={result.value.answer} />
          </p>
        </Notice>
      )}
    </>
  )
}
