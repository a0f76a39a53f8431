import { Checkbox } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { SessionStart } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { askSessionStart } from '../client/client'
import { settingsText } from '../text/settings-text'
import { FailureNotice } from '../widgets/notice'

const text = settingsText.sessionStart

/** Settings > Start: whether Ledgerdrop starts with the session. */
export function SessionStartSection() {
  const [found, setFound] = useState<SessionStart | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const ask = async (isOn: boolean | null) => {
    const result = await askSessionStart(isOn)
    setFailure(result.ok ? null : result.error)
    if (result.ok) setFound(result.value)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when the screen opens
  useEffect(() => void ask(null), [])
  return (
    <section className="card" aria-labelledby="session-start">
      <h2 id="session-start">{text.title}</h2>
      <Checkbox
        label={text.isOn}
        description={found?.whyNot ?? text.hint}
        disabled={found === null || found.whyNot !== null}
        checked={found?.isOn ?? false}
        onChange={(event) => void ask(event.currentTarget.checked)}
      />
      {failure !== null && <FailureNotice failure={failure} />}
    </section>
  )
}
