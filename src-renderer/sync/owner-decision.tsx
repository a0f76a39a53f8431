import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { useCan } from '../session/can'
import { ownerText as text } from '../text/owner-text'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'

type Decision = 'workspace.continueHere' | 'workspace.thisIsACopy'

/** The two answers to the question which copy of the workspace is the real one; nothing for people who may not decide. */
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
  const [isWorking, setWorking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const decide = async () => {
    setWorking(true)
    const result = await call(decision, {})
    setWorking(false)
    if (!result.ok) {
      setFailure(result.error)
      return
    }
    notifyDone(text.result(decision, result.value.reviewed))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={text.actions[decision]} size="lg">
      <div className="dialog">
        <p>{text.what[decision]}</p>
        <p>{text.consequence[decision]}</p>
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="dialog-actions">
          <Button variant="default" data-autofocus onClick={onClose}>
            {text.cancel}
          </Button>
          <Button loading={isWorking} onClick={decide}>
            {text.actions[decision]}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
