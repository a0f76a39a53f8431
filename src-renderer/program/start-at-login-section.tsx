import { Checkbox } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { SessionStart } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { getOrSetStartAtLogin } from '../client/client'
import { settingsText } from '../text/settings-text'
import { FailureNotice } from '../widgets/notice'

const text = settingsText.sessionStart

/** Settings > Start-up: whether Ledgerdrop starts when the user logs in to the computer. */
export function StartAtLoginSection() {
  const [startAtLogin, setStartAtLogin] = useState<SessionStart | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const getOrChange = async (isOn: boolean | null) => {
    const result = await getOrSetStartAtLogin(isOn)
    setFailure(result.ok ? null : result.error)
    if (result.ok) setStartAtLogin(result.value)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, when the screen opens
  useEffect(() => void getOrChange(null), [])
  return (
    <section className="card" aria-labelledby="session-start">
      <h2 id="session-start">{text.title}</h2>
      <Checkbox
        label={text.isOn}
        description={startAtLogin?.unavailableReason ?? text.hint}
        disabled={startAtLogin === null || startAtLogin.unavailableReason !== null}
        checked={startAtLogin?.isOn ?? false}
        onChange={(event) => void getOrChange(event.currentTarget.checked)}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </section>
  )
}
