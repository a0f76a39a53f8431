import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { BackupRow, RestorePreview } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { backupsText } from '../text/backups-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { Waiting } from '../widgets/waiting'

const text = backupsText.restore
const LOOK_AFTER_MS = 700

/** The engine starts afresh and carries the restore out: then everything on screen is of yesterday. */
async function reloadWhenBack(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AFTER_MS))
    if ((await window.ledgerdrop?.invoke('session.get', {}))?.ok === true) return window.location.reload()
  }
}

function Changes({ preview }: { preview: RestorePreview }) {
  const { otherWorkspace, receivedCount, sentCount, changedCount, settingsCount, isArchiveWhole, isDatabaseReadable, orders } = preview
  return (
    <>
      {otherWorkspace !== null && (
        <Notice tone="bad" role="alert">
          <OutsideText text={text.other(otherWorkspace)} lines="many" />
        </Notice>
      )}
      <p>{text.loses}</p>
      <ul>
        <li>{text.received(receivedCount, isDatabaseReadable)}</li>
        <li>{text.sent(sentCount)}</li>
        <li>{text.changed(changedCount)}</li>
        {settingsCount !== null && <li>{text.settings(settingsCount)}</li>}
      </ul>
      {!isArchiveWhole && <Notice tone="caution">{text.archive}</Notice>}
      <p>{text.paused}</p>
      {orders.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached with the keyboard
        <section className="restore-orders" aria-label={text.orders} tabIndex={0}>
          <table>
            <tbody>
              {orders.map((order) => (
                <tr key={order.number}>
                  <th scope="row">
                    <OutsideText text={order.number} />
                  </th>
                  <td>
                    <OutsideText text={order.customerName} />
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

/** Shows what a restore would change, and asks before it is carried out. */
export function RestoreDialog({ backup, onClose }: { backup: BackupRow; onClose: () => void }) {
  const [preview, setPreview] = useState<RestorePreview | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [word, setWord] = useState('')
  const [isUnderWay, setUnderWay] = useState(false)
  useEffect(() => {
    void call('backups.preview', { file: backup.file }).then((result) => {
      if (result.ok) setPreview(result.value)
      else setFailure(result.error)
    })
  }, [backup.file])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setUnderWay(true)
    setFailure(null)
    const result = await call('backups.restore', { file: backup.file })
    if (result.ok) return reloadWhenBack()
    setUnderWay(false)
    setFailure(result.error)
  }

  const isConfirmed = word.trim().toUpperCase() === text.confirmWord
  return (
    <Modal opened onClose={isUnderWay ? () => undefined : onClose} title={text.title(backup.at)} size="lg">
      <form className="dialog" onSubmit={submit}>
        {preview !== null && <Changes preview={preview} />}
        {preview === null && failure === null && <Waiting what={text.reading} onRetry={onClose} />}
        {failure !== null && <FailureNotice failure={failure} />}
        {preview !== null && (
          <TextInput
            label={text.confirmLabel}
            value={word}
            autoComplete="off"
            data-autofocus
            onChange={(event) => setWord(event.currentTarget.value)}
          />
        )}
        <div className="dialog-actions">
          <Button variant="default" disabled={isUnderWay} onClick={onClose}>
            {text.cancel}
          </Button>
          <Button type="submit" color="red.9" disabled={preview === null || !isConfirmed} loading={isUnderWay}>
            {isUnderWay ? text.underWay : text.restore}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
