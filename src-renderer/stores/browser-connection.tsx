import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { openStorePage } from '../client/client'
import { storesText } from '../text/stores-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyIfFailed } from '../widgets/notify'
import { accountOf } from './store-draft'
import type { StoreForm } from './use-store-form'

const text = storesText.browser

/**
 * Signs in through the store's own page in the person's browser, and shows how far that is. `other`: another way to
 * sign in.
 */
export function BrowserConnection({ form, other = null }: { form: StoreForm; other?: ReactNode }) {
  const { kind, draft, browser } = form
  const { state } = browser
  if (state.kind === 'waiting') {
    const { signInId, pageFailure } = state
    return (
      <>
        <Notice
          tone="plain"
          role="status"
          actions={
            <>
              <Button variant="default" onClick={async () => notifyIfFailed(await openStorePage('sign-in', signInId))}>
                {text.openPage}
              </Button>
              <Button variant="default" onClick={browser.end}>
                {text.cancel}
              </Button>
            </>
          }
        >
          <p>{text.waiting}</p>
        </Notice>
        {pageFailure !== null && <FailureNotice failure={pageFailure} />}
      </>
    )
  }
  return (
    <>
      {state.kind === 'done' && draft.signInId !== null && (
        <p className="no-margin" role="status">
          {text.done(state.account)}
        </p>
      )}
      {state.kind === 'failed' && <FailureNotice failure={state.failure} />}
      <div className="form-actions store-actions">
        <Button
          variant={state.kind === 'done' ? 'default' : 'filled'}
          loading={state.kind === 'starting'}
          disabled={draft.address.trim() === ''}
          leftSection={<IconExternalLink size={15} aria-hidden />}
          onClick={() => browser.begin(accountOf(kind, draft))}
        >
          {state.kind === 'done' ? text.again : text.connect}
        </Button>
        {other}
      </div>
    </>
  )
}
