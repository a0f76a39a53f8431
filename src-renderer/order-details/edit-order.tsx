import { Button, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { OrderLine } from '../../src-shared/order'
import { guardUnsaved } from '../navigation/guard-unsaved'
import { leaveSafely } from '../navigation/navigation'
import { orderDetailsText } from '../text/order-details-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { EditAddress } from './edit-address'
import { type EditDraft, toEditDraft, toEditInput } from './edit-draft'
import { editOrder } from './order-details-store'

const text = orderDetailsText.edit
const CUSTOMER_FIELDS = ['name', 'company', 'email', 'phone'] as const

interface FieldsProps {
  draft: EditDraft
  change: (changes: Partial<EditDraft>) => void
}

function CustomerFields({ draft, change }: FieldsProps) {
  // The first field gets the focus when the form opens.
  const firstField = useRef<HTMLInputElement>(null)
  useEffect(() => firstField.current?.focus(), [])
  return (
    <fieldset className="edit-fields">
      <legend>{text.customer}</legend>
      <TextInput
        label={text.customerCode}
        ref={firstField}
        maxLength={100}
        value={draft.customer.code}
        onChange={(event) => change({ customer: { ...draft.customer, code: event.currentTarget.value } })}
      />
      <TextInput
        label={text.reference}
        maxLength={200}
        value={draft.reference}
        onChange={(event) => change({ reference: event.currentTarget.value })}
      />
      {CUSTOMER_FIELDS.map((field) => (
        <TextInput
          key={field}
          label={text[field]}
          aria-label={text.fieldOf(text.customer, text[field])}
          maxLength={200}
          value={draft.customer[field]}
          onChange={(event) => change({ customer: { ...draft.customer, [field]: event.currentTarget.value } })}
        />
      ))}
    </fieldset>
  )
}

function LineCodes({ draft, change, lines }: FieldsProps & { lines: readonly OrderLine[] }) {
  return (
    <fieldset className="edit-codes">
      <legend>{text.lines}</legend>
      <ol className="edit-lines">
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity other than their position
          <li key={index}>
            <TextInput
              aria-label={text.lineCode(index + 1)}
              maxLength={200}
              value={draft.codes[index] ?? ''}
              onChange={(event) => change({ codes: draft.codes.with(index, event.currentTarget.value) })}
            />
            <ExternalText text={line.name} lines="1" />
          </li>
        ))}
      </ol>
    </fieldset>
  )
}

/** A notice that the order has changed since the form was opened. */
function OrderChangedNotice({ onShow }: { onShow: () => void }) {
  const show = (
    <Button variant="default" onClick={onShow}>
      {text.showLatest}
    </Button>
  )
  return (
    <Notice tone="caution" role="status" actions={show}>
      <p>{text.changedMeanwhile}</p>
    </Notice>
  )
}

/** The form that corrects the customer, addresses, reference and codes of an order that has not been sent. */
export function EditOrder({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  // The edit is based on the revision that the user saw. The engine refuses the edit if the order has a newer revision.
  const [base, setBase] = useState(order)
  const [draft, setDraft] = useState(() => toEditDraft(order))
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const input = toEditInput(base, draft)
  const isDirty = input !== null

  useEffect(() => {
    guardUnsaved(isDirty)
    return () => guardUnsaved(false)
  }, [isDirty])

  const change = (changes: Partial<EditDraft>) => setDraft((current) => ({ ...current, ...changes }))
  const showLatest = () => {
    setBase(order)
    setDraft(toEditDraft(order))
    setFailure(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    leaveSafely(onClose)
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (isSaving) return
    if (input === null) {
      notifyDone(text.nothing)
      onClose()
      return
    }
    setSaving(true)
    const error = await editOrder(input)
    setSaving(false)
    setFailure(error)
    if (error !== null) return
    notifyDone(text.saved(base.number))
    onClose()
  }

  return (
    <section className="card edit-card" aria-labelledby="edit-order">
      <h2 id="edit-order">{text.title}</h2>
      <p className="soft no-margin">{text.hint}</p>
      <form className="edit-form" onSubmit={submit} onKeyDown={onKeyDown}>
        {order.revision > base.revision && <OrderChangedNotice onShow={showLatest} />}
        <CustomerFields draft={draft} change={change} />
        <div className="edit-addresses">
          <EditAddress title={text.addresses.billTo} address={draft.billTo} onChange={(billTo) => change({ billTo })} />
          <EditAddress
            title={text.addresses.shipTo}
            address={draft.shipTo}
            onChange={(shipTo) => change({ shipTo })}
            onCopy={() => change({ shipTo: draft.billTo })}
          />
        </div>
        <LineCodes draft={draft} change={change} lines={base.lines} />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" loading={isSaving}>
            {text.save}
          </Button>
          <Button variant="default" onClick={() => leaveSafely(onClose)}>
            {text.cancel}
          </Button>
        </div>
      </form>
    </section>
  )
}
