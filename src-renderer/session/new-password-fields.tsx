import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { MIN_PASSWORD_LENGTH } from '../../src-shared/contract/contract'
import { sessionText } from '../text/session-text'

/** A new password, entered twice. `isSubmitted`: the user tried to submit it, so errors are shown. */
export interface NewPassword {
  password: string
  confirmation: string
  isSubmitted: boolean
}

/** The state of a new password while it is being entered. `check` returns whether it is valid and shows the errors. */
export function useNewPassword(): { draft: NewPassword; set: (part: Partial<NewPassword>) => void; check: () => boolean } {
  const [draft, setDraft] = useState<NewPassword>({ password: '', confirmation: '', isSubmitted: false })
  return {
    draft,
    set: (part) => setDraft((current) => ({ ...current, ...part })),
    check: () => {
      setDraft((current) => ({ ...current, isSubmitted: true }))
      return isLongEnough(draft) && draft.password === draft.confirmation
    },
  }
}

function isLongEnough({ password }: NewPassword): boolean {
  return [...password].length >= MIN_PASSWORD_LENGTH
}

/** The two fields for a new password. */
export function NewPasswordFields({ draft, set }: { draft: NewPassword; set: (part: Partial<NewPassword>) => void }) {
  const { newPassword } = sessionText
  return (
    <>
      <PasswordInput
        label={newPassword.label}
        description={newPassword.description(MIN_PASSWORD_LENGTH)}
        autoComplete="new-password"
        maxLength={1000}
        value={draft.password}
        error={draft.isSubmitted && !isLongEnough(draft) ? newPassword.tooShort(MIN_PASSWORD_LENGTH) : null}
        onChange={(event) => set({ password: event.currentTarget.value })}
      />
      <PasswordInput
        label={newPassword.again}
        autoComplete="new-password"
        maxLength={1000}
        value={draft.confirmation}
        error={draft.isSubmitted && draft.password !== draft.confirmation ? newPassword.differs : null}
        onChange={(event) => set({ confirmation: event.currentTarget.value })}
      />
    </>
  )
}
