import { IconAlertTriangle } from '@tabler/icons-react'
import { goTo } from '../navigation/navigation'
import { useCan } from '../session/can'
import { setPaused, useSyncStatus } from '../sync/sync-status-store'
import { counted } from '../text/dates'
import { shellText } from '../text/shell-text'
import { useNow } from '../widgets/now'
import { ToneText } from '../widgets/tone-text'
import { healthText } from './health-text'

/** A line that shows whether syncing works. */
export function HealthLine() {
  const health = useSyncStatus((state) => state.health)
  const now = useNow()
  const canResume = useCan('sync.setPaused')
  return (
    <section className="health-line" aria-label={shellText.health.label}>
      {health !== null && (
        <>
          <ToneText label={healthText(health, now)} />
          {health.isPaused && canResume && (
            <button type="button" className="link-button" onClick={() => setPaused(false)}>
              {shellText.health.resume}
            </button>
          )}
          {health.problemCount > 0 && (
            <button type="button" className="problem-link" onClick={() => goTo({ screen: 'problems' })}>
              <IconAlertTriangle size={15} aria-hidden />
              {shellText.health.problems(counted(health.problemCount, 'problem needs', 'problems need'))}
            </button>
          )}
        </>
      )}
    </section>
  )
}
