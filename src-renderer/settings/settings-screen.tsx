import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import type { AboutRow } from '../../src-shared/contract'
import { FailureNotice } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { Screen } from '../widgets/screen'
import { Waiting } from '../widgets/waiting'
import { MailSection } from './mail-section'
import { loadAbout, useAbout } from './settings-store'

const SCHEMES = [
  { value: 'auto', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <section className="card" aria-labelledby="appearance">
      <h2 id="appearance">Appearance</h2>
      <SegmentedControl
        aria-label="Colours"
        data={[...SCHEMES]}
        value={colorScheme}
        onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme.value === value)?.value ?? 'auto')}
      />
    </section>
  )
}

function Workspace({ about }: { about: AboutRow }) {
  return (
    <section className="card" aria-labelledby="workspace">
      <h2 id="workspace">Workspace</h2>
      <dl className="facts">
        <dt>Version</dt>
        <dd>{about.version}</dd>
        <dt>Workspace</dt>
        <dd>{about.workspace}</dd>
        <dt>Archive of sent files</dt>
        <dd>{about.archiveFolder}</dd>
        <dt>Logs</dt>
        <dd>{about.logFolder}</dd>
      </dl>
      <p className="form-actions">
        <OpenFolderButton folder={about.archiveFolder} label="Open Archive Folder" />
        <OpenFolderButton folder={about.logFolder} label="Open Log Folder" />
      </p>
    </section>
  )
}

/** Settings. */
export function SettingsScreen() {
  const about = useAbout((state) => state.about)
  const failure = useAbout((state) => state.failure)
  useEffect(() => void loadAbout(), [])
  return (
    <Screen title="Settings">
      <Appearance />
      <MailSection />
      {about !== null && <Workspace about={about} />}
      {failure !== null && (
        <FailureNotice
          failure={failure}
          actions={
            <Button variant="default" onClick={loadAbout}>
              Retry
            </Button>
          }
        />
      )}
      {about === null && failure === null && <Waiting what="Reading the workspace" onRetry={loadAbout} />}
    </Screen>
  )
}
