import { NativeSelect, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import type { AboutRow } from '../../src-shared/contract/contract'
import { BackupsSection } from '../backups/backups-section'
import { leaveSafely } from '../navigation/navigation'
import { loadAbout, useAbout } from '../program/about-store'
import { LogsSection } from '../program/logs-section'
import { SessionStartSection } from '../program/session-start-section'
import { UpdatesSection } from '../program/updates-section'
import { useCan } from '../session/can'
import { StaffSection } from '../staff/staff-section'
import { SupportSection } from '../support/support-section'
import { chooseLocale, chosenLocale, LOCALES, localeName } from '../text/locale'
import { settingsText } from '../text/settings-text'
import { LoadState } from '../widgets/load-state'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { Screen } from '../widgets/screen'
import { MailSection } from './mail-section'

const { appearance, workspace } = settingsText
const SCHEMES = (['auto', 'light', 'dark'] as const).map((value) => ({ value, label: appearance.schemes[value] }))
const LOCALE_CHOICES = LOCALES.map((value) => ({ value, label: localeName(value) }))

function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <section className="card" aria-labelledby="appearance">
      <h2 id="appearance">{appearance.title}</h2>
      <SegmentedControl
        aria-label={appearance.colours}
        data={SCHEMES}
        value={colorScheme}
        onChange={(value) => setColorScheme(SCHEMES.find((scheme) => scheme.value === value)?.value ?? 'auto')}
      />
      <NativeSelect
        className="locale-field"
        label={appearance.locale}
        description={appearance.localeHint}
        data={LOCALE_CHOICES}
        value={chosenLocale()}
        onChange={(event) => {
          const locale = LOCALES.find((option) => option === event.currentTarget.value)
          if (locale !== undefined) leaveSafely(() => chooseLocale(locale))
        }}
      />
    </section>
  )
}

function Workspace({ about }: { about: AboutRow }) {
  return (
    <section className="card" aria-labelledby="workspace">
      <h2 id="workspace">{workspace.title}</h2>
      <dl className="facts">
        <dt>{workspace.version}</dt>
        <dd>{about.version}</dd>
        <dt>{workspace.folder}</dt>
        <dd>{about.workspace}</dd>
        <dt>{workspace.archive}</dt>
        <dd>{about.archiveFolder}</dd>
        <dt>{workspace.logs}</dt>
        <dd>{about.logFolder}</dd>
      </dl>
      <p className="form-actions">
        <OpenFolderButton folder={about.archiveFolder} label={workspace.openArchive} />
        <OpenFolderButton folder={about.logFolder} label={workspace.openLogs} />
      </p>
    </section>
  )
}

/** The Settings screen. */
export function SettingsScreen() {
  const about = useAbout((state) => state.about)
  const failure = useAbout((state) => state.failure)
  const canSeeMail = useCan('mail.get')
  const canChangeUpdates = useCan('updates.saveSettings')
  useEffect(() => void loadAbout(), [])
  return (
    <Screen title={settingsText.title}>
      <Appearance />
      <SessionStartSection />
      <StaffSection />
      {canSeeMail && <MailSection />}
      <SupportSection />
      <BackupsSection />
      {canChangeUpdates && <UpdatesSection />}
      <LogsSection />
      {about !== null && <Workspace about={about} />}
      <LoadState message={settingsText.reading} isLoaded={about !== null} failure={failure} onRetry={loadAbout} />
    </Screen>
  )
}
