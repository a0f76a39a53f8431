import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { BackupRow, RestorePreview } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { backupsText } from '../text/backups-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { Waiting } from '../widgets/waiting'

const text = backupsText.restore
const POLL_INTERVAL_MS = 700

/** Waits until the engine has restarted and carried out the restore, then reloads the window, because everything on screen is outdated. */
async function reloadWhenReady(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS))
    if ((await window.ledgerdrop?.invoke('session.get', {}))?.ok === true) return window.location.reload()
  }
}

function Changes({ preview }: { preview: RestorePreview }) {
  const { otherWorkspace, receivedCount, sentCount, changedCount, settingsCount, isArchiveComplete, isDatabaseReadable, orders } = preview
  return (
    <>
      {otherWorkspace !== null && (
        <Notice tone="bad" role="alert">
          <ExternalText text={text.other(otherWorkspace)} lines="many" />
        </Notice>
      )}
      <p>{text.loses}</p>
      <ul>
        <li>{text.received(receivedCount, isDatabaseReadable)}</li>
        <li>{text.sent(sentCount)}</li>
        <li>{text.changed(changedCount)}</li>
        {settingsCount !== null && <li>{text.settings(settingsCount)}</li>}
      </ul>
      {!isArchiveComplete && <Notice tone="caution">{text.archive}</Notice>}
      <p>{text.paused}</p>
      {orders.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable list must be reachable by keyboard
        <section className="restore-orders" aria-label={text.orders} tabIndex={0}>
          <table>
            <tbody>
              {orders.map((order) => (
                <tr key={order.number}>
                  <th scope="row">
                    <ExternalText text={order.number} />
                  </th>
                  <td>
                    <ExternalText text={order.customerName} />
                  </td>
                  <td>{text.change[order.change]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}

/** Shows what a restore would change, and asks the user to confirm it. */
export function RestoreDialog({ backup, onClose }: { backup: BackupRow; onClose: () => void }) {
  const [preview, setPreview] = useState<RestorePreview | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [confirmation, setConfirmation] = useState('')
  const [isRestoring, setRestoring] = useState(false)
  useEffect(() => {
    void call('backups.preview', { file: backup.file }).then((result) => {
      if (result.ok) setPreview(result.value)
      else setFailure(result.error)
    })
  }, [backup.file])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setRestoring(true)
    setFailure(null)
    const result = await call('backups.restore', { file: backup.file })
    if (result.ok) return reloadWhenReady()
    setRestoring(false)
    setFailure(result.error)
  }

  const isConfirmed = confirmation.trim().toUpperCase() === text.confirmWord
  return (
    <Modal opened onClose={isRestoring ? () => undefined : onClose} title={text.title(backup.at)} size="lg">
      <form className="dialog" onSubmit={submit}>
        {preview !== null && <Changes preview={preview} />}
        {preview === null && failure === null && <Waiting message={text.reading} onRetry={onClose} />}
        {failure !== null && <FailureNotice failure={failure} />}
        {preview !== null && (
          <TextInput
            label={text.confirmLabel}
            value={confirmation}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setConfirmation(event.currentTarget.value)}
          />
        )}
        <div className="dialog-actions">
          <Button variant="default" disabled={isRestoring} onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" color="red.9" disabled={preview === null || !isConfirmed} loading={isRestoring}>
            {isRestoring ? text.underWay : text.restore}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
