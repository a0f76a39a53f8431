import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { sessionText } from '../text/session-text'
import { FailureNotice } from '../widgets/notice'
import { ForgotPassword } from './forgot-password'
import { applySession } from './session-store'
import { StaySignedInCheckbox } from './stay-signed-in-checkbox'
import './session.css'

/** The sign-in page. */
export function SignInPage() {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isSessionKept, setSessionKept] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setSending] = useState(false)
  const { signIn } = sessionText

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setFailure(null)
    const result = await call('session.signIn', { name, password, isKept: isSessionKept })
    setSending(false)
    if (result.ok) return applySession(result.value)
    setFailure(result.error)
    setPassword('')
  }

  return (
    <main className="session-page">
      <form className="card session-card" onSubmit={submit} aria-labelledby="sign-in">
        <h1 id="sign-in">{signIn.title}</h1>
        <TextInput
          label={sessionText.name}
          autoFocus
          autoComplete="username"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={sessionText.password}
          autoComplete="current-password"
          maxLength={1000}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <StaySignedInCheckbox isChecked={isSessionKept} onChange={setSessionKept} />
        {failure !== null && <FailureNotice failure={failure} />}
        <Button type="submit" loading={isSending}>
          {signIn.submit}
        </Button>
        <ForgotPassword />
      </form>
      <p className="soft small">{signIn.syncContinues}</p>
    </main>
  )
}
