import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { FailureNotice } from '../widgets/notice'
import { Waiting } from '../widgets/waiting'
import { MailForm } from './mail-form'
import { loadMail, useMail } from './mail-store'
import { TemplateForm } from './template-form'
import './mail.css'

/** Settings > E-mail: the server, a test, the templates. */
export function MailSection() {
  const settings = useMail((state) => state.settings)
  const templates = useMail((state) => state.templates)
  const failure = useMail((state) => state.failure)
  useEffect(() => void loadMail(), [])
  return (
    <>
      <section className="card" aria-labelledby="e-mail">
        <h2 id="e-mail">E-mail</h2>
        {settings !== null && <MailForm settings={settings} />}
        {settings === null && failure === null && <Waiting what="Reading the e-mail settings" onRetry={loadMail} />}
        {failure !== null && (
          <FailureNotice
            failure={failure}
            actions={
              <Button variant="default" onClick={loadMail}>
                Retry
              </Button>
            }
          />
        )}
      </section>
      {templates !== null && (
        <section className="card" aria-labelledby="e-mail-templates">
          <h2 id="e-mail-templates">E-mail Templates</h2>
          <TemplateForm templates={templates} />
        </section>
      )}
    </>
  )
}
