import { IconAlertTriangle } from '@tabler/icons-react'
import { setPaused, useSyncStatus } from '../sync-status/sync-status-store'
import { counted } from '../text/dates'
import { ToneText } from '../widgets/tone-text'
import { healthWords } from './health-words'
import { goTo } from './navigation'
import { useNow } from './now'

/** One line that says whether syncing works. */
export function HealthLine() {
  const health = useSyncStatus((state) => state.health)
  const now = useNow()
  return (
    <section className="health-line" aria-label="Sync health">
      {health !== null && (
        <>
          <ToneText words={healthWords(health, now)} />
          {health.isPaused && (
            <button type="button" className="link-button" onClick={() => setPaused(false)}>
              Resume automatic sync
            </button>
          )}
          {health.problemCount > 0 && (
            <button type="button" className="problem-link" onClick={() => goTo({ screen: 'problems' })}>
              <IconAlertTriangle size={15} aria-hidden />
              {counted(health.problemCount, 'problem needs', 'problems need')} a person
            </button>
          )}
        </>
      )}
    </section>
  )
}
