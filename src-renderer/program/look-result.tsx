import { Button } from '@mantine/core'
import { useState } from 'react'
import type { UpdateState } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { releaseDay, updatesText } from '../text/updates-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { AgoText, UntilText } from '../widgets/time-text'
import { lookNow, openPage, useUpdates } from './updates-store'

const text = updatesText.look

/** How the last look ended, in a few words. */
function outcome({ lastLook, release }: UpdateState): string {
  if (lastLook === null) return text.none
  if (lastLook.failure !== null) return text.failed
  return release === null ? text.upToDate : text.found
}

/** Not an alarm: the orders do not depend on it. */
function LookFailure({ failure }: { failure: Failure }) {
  return (
    <Notice tone="caution">
      <p>
        <strong>
          <OutsideText text={failure.message} />
        </strong>
      </p>
      <p>{failure.remedy}</p>
    </Notice>
  )
}

/** The last look and the next, and a look at once. `isChanged`: what stands in the form is not what would be asked. */
export function LookResult({ isChanged }: { isChanged: boolean }) {
  const state = useUpdates((store) => store.state)
  const [isAsked, setAsked] = useState(false)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  if (state === null) return null
  const isLooking = isAsked || state.isLooking
  const look = async () => {
    setAsked(true)
    setRefusal(await lookNow())
    setAsked(false)
  }
  const { lastLook, release } = state
  return (
    <div className="look-result">
      <dl className="facts">
        <dt>{text.version}</dt>
        <dd>{state.version}</dd>
        <dt>{text.last}</dt>
        <dd>{lastLook === null ? text.never : <AgoText at={lastLook.at} />}</dd>
        <dt>{text.result}</dt>
        <dd>
          <span role="status">{isLooking ? text.looking : outcome(state)}</span>
        </dd>
        {release !== null && (
          <>
            <dt>{text.newer}</dt>
            <dd>
              <OutsideText text={text.release(release.version, release.released === null ? '' : releaseDay(release.released))} />
            </dd>
          </>
        )}
        <dt>{text.next}</dt>
        <dd>{state.nextLookAt === null || lastLook === null ? text.whenOpen : <UntilText at={state.nextLookAt} />}</dd>
      </dl>
      {!isLooking && lastLook !== null && lastLook.failure !== null && <LookFailure failure={lastLook.failure} />}
      {refusal !== null && <FailureNotice failure={refusal} />}
      <div className="form-actions">
        <Button loading={isLooking} disabled={isChanged} onClick={look}>
          {text.now}
        </Button>
        {release !== null && (
          <Button variant="default" onClick={openPage}>
            {updatesText.openPage}
          </Button>
        )}
        {isChanged && <span className="soft small">{text.saveFirst}</span>}
      </div>
    </div>
  )
}
