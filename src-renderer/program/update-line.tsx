import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import type { Release } from '../../src-shared/contract/contract'
import { useSession } from '../session/session-store'
import { releaseDay, updatesText } from '../text/updates-text'
import { ExternalText } from '../widgets/external-text'
import { hideVersion, openDownloadPage, useUpdates } from './updates-store'
import './updates.css'

const text = updatesText.line

function Notes({ release }: { release: Release }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="update-notes" id="update-notes" tabIndex={0} aria-label={text.notesOf(release.version)}>
      {release.released !== null && <p className="soft">{text.released(releaseDay(release.released))}</p>}
      <ExternalText text={release.notes} className="whole" />
    </section>
  )
}

/** A line that announces a newer version until someone clicks "Not now". */
export function UpdateLine() {
  const state = useUpdates((store) => store.state)
  const role = useSession(({ session }) => session?.role ?? null)
  const [openVersion, setOpenVersion] = useState('')
  const release = state?.release ?? null
  if (state === null || release === null || role === null || role === 'viewer' || state.hiddenFrom.includes(role)) return null
  const isOpen = openVersion === release.version
  return (
    <section className="update-line" aria-label={text.label}>
      <p className="update-text">
        <IconInfoCircle size={15} aria-hidden />
        <ExternalText text={updatesText.available(release.version, state.version)} />
      </p>
      {release.notes !== '' && (
        <button
          type="button"
          className="link-button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? 'update-notes' : undefined}
          onClick={() => setOpenVersion(isOpen ? '' : release.version)}
        >
          {text.notes}
        </button>
      )}
      <button type="button" className="link-button" onClick={openDownloadPage}>
        {text.open}
      </button>
      <button type="button" className="link-button" onClick={() => hideVersion(release.version)}>
        {text.notNow}
      </button>
      {isOpen && <Notes release={release} />}
    </section>
  )
}
