import { Button } from '@mantine/core'
import { useState } from 'react'
import type { UpdateState } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { releaseDay, updatesText } from '../text/updates-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { AgoText, UntilText } from '../widgets/time-text'
import { checkNow, openDownloadPage, useUpdates } from './updates-store'

const text = updatesText.check

/** The result of the last check, in a few words. */
function outcomeText({ lastCheck, release }: UpdateState): string {
  if (lastCheck === null) return text.none
  if (lastCheck.failure !== null) return text.failed
  return release === null ? text.upToDate : text.found
}

/** Says why the last check failed. It is a caution, not an error, because orders don't depend on update checks. */
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

/** The last and next update check, and Check Now, which is disabled while the form has unsaved changes. */
export function UpdateCheck({ hasUnsavedChanges }: { hasUnsavedChanges: boolean }) {
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
          <span role="status">{isChecking ? text.checking : outcomeText(state)}</span>
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
        <Button loading={isChecking} disabled={hasUnsavedChanges} onClick={check}>
          {text.now}
        </Button>
        {release !== null && (
          <Button variant="default" onClick={openDownloadPage}>
            {updatesText.openPage}
          </Button>
        )}
        {hasUnsavedChanges && <span className="soft small">{text.saveFirst}</span>}
      </div>
    </div>
  )
}
