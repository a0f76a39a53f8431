import { Checkbox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '../client/client'
import { sessionText } from '../text/session-text'

/** The checkbox "Keep me signed in on this computer". If this computer can't do that, says why. */
export function StaySignedInCheckbox({ isChecked, onChange }: { isChecked: boolean; onChange: (isChecked: boolean) => void }) {
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
      checked={isChecked && unavailableReason === null}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
