import { Button, NativeSelect } from '@mantine/core'
import { useEffect } from 'react'
import { LOG_LEVELS } from '../../src-shared/contract/contract'
import { goTo } from '../navigation/navigation'
import { logText } from '../text/log-text'
import { notifyDone, notifyFailure } from '../widgets/notify'
import { loadLog, setLogLevel, useLog } from './log-store'

const { settings: text, levels } = logText

/** Settings > Logs: the log level, and a link to View Log. */
export function LogsSection() {
  const level = useLog((state) => state.level)
  useEffect(() => void loadLog({}), [])
  return (
    <section className="card" aria-labelledby="logs">
      <h2 id="logs">{text.title}</h2>
      <p>{text.about}</p>
      {level !== null && (
        <NativeSelect
          label={text.level}
          maw={320}
          data={LOG_LEVELS.map((value) => ({ value, label: levels[value] }))}
          value={level}
          onChange={async (event) => {
            const chosen = LOG_LEVELS.find((option) => option === event.currentTarget.value)
            const error = chosen === undefined ? null : await setLogLevel(chosen)
            if (error === null) notifyDone(text.saved)
            else notifyFailure(error)
          }}
        />
      )}
      <p className="form-actions">
        <Button variant="default" onClick={() => goTo({ screen: 'log' })}>
          {text.view}
        </Button>
      </p>
    </section>
  )
}
