import './support.css'
import { Button, Checkbox, Modal, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SupportBundle } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, prepareMail, showSupportFile } from '../client/client'
import { LOCALE } from '../text/dates'
import { helpText } from '../text/help-text'
import { DialogActions } from '../widgets/dialog-actions'
import { ExternalText } from '../widgets/external-text'
import { Notice } from '../widgets/notice'
import { notifyIfFailed } from '../widgets/notify'

const text = helpText.ticket

interface Ticket {
  text: string
  orderNumber: string
  withPersonalData: boolean
}

function BundleSaved({ ticket, bundle, onClose }: { ticket: Ticket; bundle: SupportBundle; onClose: () => void }) {
  const writeMail = async () => {
    const subject = ticket.orderNumber === '' ? text.subject : text.subjectOf(ticket.orderNumber)
    notifyIfFailed(await prepareMail(subject, text.mail(ticket.text, bundle.fileName)))
  }
  return (
    <div className="dialog">
      <Notice tone="plain" role="status">
        <p>
          <strong>{text.saved}</strong>
        </p>
        <p>
          <ExternalText text={bundle.fileName} />
        </p>
        <p className="small soft">
          <ExternalText text={bundle.folder} />
        </p>
        <p>{bundle.hasPersonalData ? text.hasPersonal : text.isMasked}</p>
      </Notice>
      <details>
        <summary>{text.inside(bundle.entries.length)}</summary>
        <ul className="bundle-entries">
          {bundle.entries.map((entry) => (
            <li key={entry.name}>
              {entry.name} <span className="soft">{text.bytes(entry.sizeBytes.toLocaleString(LOCALE))}</span>
            </li>
          ))}
        </ul>
      </details>
      <p>{text.attach}</p>
      <div className="dialog-actions">
        <Button variant="default" onClick={onClose}>
          {text.close}
        </Button>
        <Button variant="default" onClick={async () => notifyIfFailed(await showSupportFile(bundle.fileName))}>
          {text.show}
        </Button>
        <Button data-autofocus onClick={writeMail}>
          {text.writeMail}
        </Button>
      </div>
    </div>
  )
}

/** Log a Ticket: shows what the support file will contain, saves it, then helps the user send it. */
export function LogTicketDialog({ orderNumber = '', onClose }: { orderNumber?: string; onClose: () => void }) {
  const [ticket, setTicket] = useState<Ticket>({ text: '', orderNumber, withPersonalData: false })
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [bundle, setBundle] = useState<SupportBundle | null>(null)
  const contents = ticket.orderNumber.trim() === '' ? text.parts : [...text.parts, ...text.orderParts]
  const set = (part: Partial<Ticket>) => setTicket((current) => ({ ...current, ...part }))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    setSaving(true)
    const result = await call('support.makeBundle', ticket)
    setSaving(false)
    setFailure(result.ok ? null : result.error)
    if (result.ok) setBundle(result.value)
  }

  return (
    <Modal opened onClose={onClose} title={text.title} size="lg">
      {bundle !== null ? (
        <BundleSaved ticket={ticket} bundle={bundle} onClose={onClose} />
      ) : (
        <form className="dialog" onSubmit={submit}>
          <Textarea
            label={text.whatHappened}
            description={text.whatHappenedHint}
            data-autofocus
            autosize
            minRows={3}
            maxRows={10}
            maxLength={20_000}
            value={ticket.text}
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
          <TextInput
            label={text.orderNumber}
            description={text.orderNumberHint}
            maxLength={100}
            value={ticket.orderNumber}
            onChange={(event) => set({ orderNumber: event.currentTarget.value })}
          />
          <section aria-labelledby="ticket-contents">
            <h3 id="ticket-contents">{text.contents}</h3>
            <ul className="bundle-contents">
              {contents.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </section>
          <Checkbox
            label={text.withPersonal}
            description={ticket.withPersonalData ? text.withPersonalHint : text.maskedHint}
            checked={ticket.withPersonalData}
            onChange={(event) => set({ withPersonalData: event.currentTarget.checked })}
          />
          <DialogActions failure={failure} cancel={text.cancel} action={text.save} isBusy={isSaving} onCancel={onClose} />
        </form>
      )}
    </Modal>
  )
}
