import { Button, Kbd } from '@mantine/core'
import { IconLifebuoy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { loadAbout, useAbout } from '../program/about-store'
import { openDownloadPage, useUpdates } from '../program/updates-store'
import { useCan } from '../session/can'
import { LogTicketDialog } from '../support/log-ticket-dialog'
import { helpText } from '../text/help-text'
import { updatesText } from '../text/updates-text'
import { ExternalText } from '../widgets/external-text'
import { Screen } from '../widgets/screen'
import { Article } from './article'
import { OtherProblems, SyncErrors } from './other-problems'
import { ShowGuideButton } from './show-guide-button'
import './help.css'

const { sections } = helpText

function showSection(name: string): void {
  const heading = document.getElementById(`help-${name}`)
  heading?.scrollIntoView({ block: 'start' })
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

function Contents() {
  return (
    <nav className="card help-contents" aria-label={helpText.contents}>
      <h2>{helpText.contents}</h2>
      <ul>
        {Object.entries(sections).map(([name, title]) => (
          <li key={name}>
            <button type="button" className="link-button" onClick={() => showSection(name)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Shortcuts() {
  return (
    <section className="card" aria-labelledby="help-keyboard">
      <h2 id="help-keyboard">{sections.keyboard}</h2>
      <dl className="facts shortcuts">
        {helpText.shortcuts.map(({ keys, does }) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key} size="xs">
                  {key}
                </Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function About() {
  const about = useAbout((state) => state.about)
  const updates = useUpdates((state) => state.state)
  useEffect(() => void loadAbout(), [])
  return (
    <section className="card" aria-labelledby="help-about">
      <h2 id="help-about">{sections.about}</h2>
      <p className="no-margin">{helpText.about(about === null ? '' : ` ${about.version}`)}</p>
      {updates?.release != null && (
        <p className="no-margin">
          <ExternalText text={updatesText.available(updates.release.version, updates.version)} />{' '}
          <button type="button" className="link-button" onClick={openDownloadPage}>
            {updatesText.line.open}
          </button>
        </p>
      )}
    </section>
  )
}

/** The Help screen. */
export function HelpScreen() {
  const [isTicketOpen, setTicketOpen] = useState(false)
  const canLogTicket = useCan('support.makeBundle')
  return (
    <Screen
      title={helpText.title}
      actions={
        <>
          <ShowGuideButton />
          {canLogTicket && (
            <Button variant="default" leftSection={<IconLifebuoy size={15} aria-hidden />} onClick={() => setTicketOpen(true)}>
              {helpText.logTicket}
            </Button>
          )}
        </>
      }
    >
      <Contents />
      <Article />
      <OtherProblems />
      <SyncErrors />
      <Shortcuts />
      <About />
      {isTicketOpen && <LogTicketDialog onClose={() => setTicketOpen(false)} />}
    </Screen>
  )
}
