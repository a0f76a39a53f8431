import { Button, Modal, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProblemRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { tellDone } from '../shell/tell'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { dismissProblem } from './problems-store'

/** Asks why a problem is closed. */
export function DismissDialog({ problem, onClose }: { problem: ProblemRow; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() === '') {
      setMissing(true)
      return
    }
    setSaving(true)
    const refusal = await dismissProblem(problem.key, reason)
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    tellDone('Dismissed.')
    onClose()
  }

  return (
    <Modal opened onClose={onClose} title="Dismiss this problem" size="lg">
      <form className="dialog" onSubmit={submit}>
        <p>
          <OutsideText text={problem.title} lines="many" />
        </p>
        <Textarea
          label="Reason"
          data-autofocus
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          error={isMissing && reason.trim() === '' ? 'Say why it needs no one any more.' : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={isSaving}>
            Dismiss
          </Button>
        </div>
      </form>
    </Modal>
  )
}
