import { Button } from '@mantine/core'
import { useState } from 'react'
import type { UpdateState } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { releaseDay, updatesText } from '../text/updates-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { AgoText, UntilText } from '../widgets/time-text'
import { checkNow, openPage, useUpdates } from './updates-store'

const text = updatesText.check

/** The result of the last check, in a few words. */
function outcome({ lastCheck, release }: UpdateState): string {
  if (lastCheck === null) return text.none
  if (lastCheck.failure !== null) return text.failed
  return release === null ? text.upToDate : text.found
}

/** A caution, not an error: orders don't depend on update checks. */
function CheckFailure({ failure }: { failure: Failure }) {
  return (
    <Notice tone="caution">
      <p>
        <strong>
          <ExternalText text={failure.message} />
        </strong>
      </p>
      <p>{failure.remedy}</p>
    </Notice>
  )
}

/** The last and next update check, and Check Now. `isChanged`: the form has unsaved changes, which a check wouldn't use. */
export function UpdateCheck({ isChanged }: { isChanged: boolean }) {
  const state = useUpdates((store) => store.state)
  const [isRequested, setRequested] = useState(false)
  const [checkFailure, setCheckFailure] = useState<Failure | null>(null)
  if (state === null) return null
  const isChecking = isRequested || state.isChecking
  const check = async () => {
    setRequested(true)
    setCheckFailure(await checkNow())
    setRequested(false)
  }
  const { lastCheck, release } = state
  return (
    <div className="update-check">
      <dl className="facts">
        <dt>{text.version}</dt>
        <dd>{state.version}</dd>
        <dt>{text.last}</dt>
        <dd>{lastCheck === null ? text.never : <AgoText at={lastCheck.at} />}</dd>
        <dt>{text.result}</dt>
        <dd>
          <span role="status">{isChecking ? text.checking : outcome(state)}</span>
        </dd>
        {release !== null && (
          <>
            <dt>{text.newer}</dt>
            <dd>
              <ExternalText text={text.release(release.version, release.released === null ? '' : releaseDay(release.released))} />
            </dd>
          </>
        )}
        <dt>{text.next}</dt>
        <dd>{state.nextCheckAt === null || lastCheck === null ? text.whenOpen : <UntilText at={state.nextCheckAt} />}</dd>
      </dl>
      {!isChecking && lastCheck !== null && lastCheck.failure !== null && <CheckFailure failure={lastCheck.failure} />}
      {checkFailure !== null && <FailureNotice failure={checkFailure} />}
      <div className="form-actions">
        <Button loading={isChecking} disabled={isChanged} onClick={check}>
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
