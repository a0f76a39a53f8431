import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { sessionText } from '../text/session-text'
import { FailureNotice } from '../widgets/notice'
import { notifyIfFailed } from '../widgets/notify'
import { ForgotPassword } from './forgot-password'
import { applySession } from './session-store'
import './session.css'

/** Covers the screens until the signed-in person enters their password. The screens behind it keep their state. */
export function LockPage({ name }: { name: string }) {
  const [password, setPassword] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setSending] = useState(false)
  const { lock, signIn } = sessionText

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    setFailure(null)
    const result = await call('session.unlock', { password })
    setSending(false)
    if (result.ok) return applySession(result.value)
    setFailure(result.error)
    setPassword('')
  }
  const signOut = async () => {
    const result = await call('session.signOut', {})
    notifyIfFailed(result)
    if (result.ok) applySession(result.value)
  }

  return (
    <main className="session-page">
      <form className="card session-card" onSubmit={submit} aria-labelledby="locked">
        <h1 id="locked">{lock.title}</h1>
        <p className="no-margin">{lock.who(name)}</p>
        <PasswordInput
          label={sessionText.password}
          autoFocus
          autoComplete="current-password"
          maxLength={1000}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <Button type="submit" loading={isSending}>
          {lock.submit}
        </Button>
        <div>
          <Button variant="default" fullWidth onClick={signOut} aria-describedby="switch-user-help">
            {lock.switchUser}
          </Button>
          <p id="switch-user-help" className="soft small no-margin">
            {lock.switchUserHelp}
          </p>
        </div>
        <ForgotPassword />
      </form>
      <p className="soft small">{signIn.syncContinues}</p>
    </main>
  )
}
