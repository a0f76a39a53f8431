import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { SHORTEST_PASSWORD } from '../../src-shared/contract/contract'
import { sessionText } from '../text/session-text'

/** A password that is given twice, and what is wrong with it once it was sent. */
export interface NewPassword {
  password: string
  again: string
  isChecked: boolean
}

/** A new password as it is typed. `check` says whether it can be used and shows why not. */
export function useNewPassword(): { draft: NewPassword; set: (part: Partial<NewPassword>) => void; check: () => boolean } {
  const [draft, setDraft] = useState<NewPassword>({ password: '', again: '', isChecked: false })
  return {
    draft,
    set: (part) => setDraft((now) => ({ ...now, ...part })),
    check: () => {
      setDraft((now) => ({ ...now, isChecked: true }))
      return isLongEnough(draft) && draft.password === draft.again
    },
  }
}

function isLongEnough({ password }: NewPassword): boolean {
  return [...password].length >= SHORTEST_PASSWORD
}

/** The two fields of a new password. */
export function NewPasswordFields({ draft, set }: { draft: NewPassword; set: (part: Partial<NewPassword>) => void }) {
  const { newPassword } = sessionText
  return (
    <>
      <PasswordInput
        label={newPassword.label}
        description={newPassword.description(SHORTEST_PASSWORD)}
        autoComplete="new-password"
        maxLength={1000}
        value={draft.password}
        error={draft.isChecked && !isLongEnough(draft) ? newPassword.tooShort(SHORTEST_PASSWORD) : null}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
      <PasswordInput
        label={newPassword.again}
        autoComplete="new-password"
        maxLength={1000}
        value={draft.again}
        error={draft.isChecked && draft.password !== draft.again ? newPassword.differs : null}
        onChange={(event) => set({ again: event.currentTarget.value })}
      />
    </>
  )
}
