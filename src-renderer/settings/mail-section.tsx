import { useEffect } from 'react'
import { mailText } from '../text/mail-text'
import { LoadState } from '../widgets/load-state'
import { DigestForm } from './digest-form'
import { MailForm } from './mail-form'
import { loadMail, useMail } from './mail-store'
import { TemplateForm } from './template-form'
import './mail.css'

/** Settings > Email: the server, a test email, the daily digest and the templates. */
export function MailSection() {
  const settings = useMail((state) => state.settings)
  const templates = useMail((state) => state.templates)
  const digest = useMail((state) => state.digest)
  const failure = useMail((state) => state.failure)
  useEffect(() => void loadMail(), [])
  return (
    <>
      <section className="card" aria-labelledby="email">
        <h2 id="email">{mailText.title}</h2>
        {settings !== null && <MailForm settings={settings} />}
        <LoadState message={mailText.reading} isLoaded={settings !== null} failure={failure} onRetry={loadMail} />
      </section>
      {digest !== null && (
        <section className="card" aria-labelledby="daily-digest">
          <h2 id="daily-digest">{mailText.digest.title}</h2>
          <DigestForm digest={digest} />
        </section>
      )}
      {templates !== null && (
        <section className="card" aria-labelledby="email-templates">
          <h2 id="email-templates">{mailText.templatesTitle}</h2>
          <TemplateForm templates={templates} />
        </section>
      )}
    </>
  )
}
