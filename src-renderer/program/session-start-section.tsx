import { Checkbox } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { SessionStart } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { readOrSetSessionStart } from '../client/client'
import { settingsText } from '../text/settings-text'
import { FailureNotice } from '../widgets/notice'

const text = settingsText.sessionStart

/** Settings > Start: whether Ledgerdrop starts when the user logs in to the computer. */
export function SessionStartSection() {
  const [sessionStart, setSessionStart] = useState<SessionStart | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const readOrChange = async (isOn: boolean | null) => {
    const result = await readOrSetSessionStart(isOn)
    setFailure(result.ok ? null : result.error)
    if (result.ok) setSessionStart(result.value)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the screen opens
  useEffect(() => void readOrChange(null), [])
  return (
    <section className="card" aria-labelledby="session-start">
      <h2 id="session-start">{text.title}</h2>
      <Checkbox
        label={text.isOn}
        description={sessionStart?.unavailableReason ?? text.hint}
        disabled={sessionStart === null || sessionStart.unavailableReason !== null}
        checked={sessionStart?.isOn ?? false}
        onChange={(event) => void readOrChange(event.currentTarget.checked)}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </section>
  )
}
