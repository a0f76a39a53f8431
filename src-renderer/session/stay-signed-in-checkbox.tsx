import { Checkbox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '../client/client'
import { sessionText } from '../text/session-text'

/** The checkbox "Keep me signed in on this computer". Says why if this computer can't do that. */
export function StaySignedInCheckbox({ isKept, onChange }: { isKept: boolean; onChange: (isKept: boolean) => void }) {
  const [unavailableReason, setUnavailableReason] = useState<string | null>(null)
  useEffect(() => {
    void call('session.whyNotKept', {}).then((result) => setUnavailableReason(result.ok ? result.value.reason : result.error.message))
  }, [])
  const { keep, keepHelp, cannotKeep } = sessionText.signIn
  return (
    <Checkbox
      label={keep}
      description={unavailableReason === null ? keepHelp : cannotKeep(unavailableReason)}
      disabled={unavailableReason !== null}
      checked={isKept && unavailableReason === null}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
