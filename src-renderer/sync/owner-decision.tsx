import { Button } from '@mantine/core'
import { useState } from 'react'
import { call } from '../client/client'
import { useCan } from '../session/can'
import { ownerText as text } from '../text/owner-text'
import { ConfirmDialog } from '../widgets/confirm-dialog'
import { notifyDone } from '../widgets/notify'

type Decision = 'workspace.continueHere' | 'workspace.thisIsACopy'

/** The two buttons that decide which copy of the workspace is the real one. Hidden from users who may not decide. */
export function OwnerDecision() {
  const canDecide = useCan('workspace.continueHere')
  const [decision, setDecision] = useState<Decision | null>(null)
  if (!canDecide) return null
  return (
    <>
      <Button variant="default" onClick={() => setDecision('workspace.continueHere')}>
        {text.actions['workspace.continueHere']}
      </Button>
      <Button variant="default" onClick={() => setDecision('workspace.thisIsACopy')}>
        {text.actions['workspace.thisIsACopy']}
      </Button>
      {decision !== null && <OwnerDialog decision={decision} onClose={() => setDecision(null)} />}
    </>
  )
}

function OwnerDialog({ decision, onClose }: { decision: Decision; onClose: () => void }) {
  const decide = async () => {
    const result = await call(decision, {})
    if (!result.ok) return result.error
    notifyDone(text.result(decision, result.value.reviewed))
    onClose()
    return null
  }
  return (
    <ConfirmDialog
      title={text.actions[decision]}
      size="lg"
      cancel={text.cancel}
      action={text.actions[decision]}
      onConfirm={decide}
      onClose={onClose}
    >
      <p>{text.what[decision]}</p>
      <p>{text.consequence[decision]}</p>
    </ConfirmDialog>
  )
}
