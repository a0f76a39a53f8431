import { Checkbox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { call } from '../client/client'
import { sessionText } from '../text/session-text'

/** Keep me signed in on this computer; says why where that is not possible. */
export function KeepCheckbox({ isKept, onChange }: { isKept: boolean; onChange: (isKept: boolean) => void }) {
  const [whyNot, setWhyNot] = useState<string | null>(null)
  useEffect(() => {
    void call('session.whyNotKept', {}).then((result) => setWhyNot(result.ok ? result.value.reason : result.error.message))
  }, [])
  const { keep, keepHelp, cannotKeep } = sessionText.signIn
  return (
    <Checkbox
      label={keep}
      description={whyNot === null ? keepHelp : cannotKeep(whyNot)}
      disabled={whyNot !== null}
      checked={isKept && whyNot === null}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
