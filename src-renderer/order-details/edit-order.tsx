import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { tellDone } from '../shell/tell'
import { FailureNotice, Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { editOrder } from './order-details-store'

interface Draft {
  customerCode: string
  reference: string
  codes: string[]
}

function draftOf(order: OrderDetails): Draft {
  return { customerCode: order.customer.code, reference: order.reference, codes: order.lines.map((line) => line.sku) }
}

/** Corrects codes and reference of an order that has not been sent. */
export function EditOrder({ order, onClose }: { order: OrderDetails; onClose: () => void }) {
  // An edit stands on the order as the person saw it; a newer one is refused by the engine.
  const [base, setBase] = useState(order)
  const [draft, setDraft] = useState(() => draftOf(order))
  const [isSaving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const firstField = useRef<HTMLInputElement>(null)
  useEffect(() => firstField.current?.focus(), [])

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const before = draftOf(base)
    const lineCodes = draft.codes.flatMap((sku, line) => (sku === before.codes[line] ? [] : [{ line, sku }]))
    const input = {
      orderId: base.id,
      revision: base.revision,
      ...(draft.customerCode === before.customerCode ? {} : { customerCode: draft.customerCode }),
      ...(draft.reference === before.reference ? {} : { reference: draft.reference }),
      ...(lineCodes.length === 0 ? {} : { lineCodes }),
    }
    if (Object.keys(input).length === 2) {
      tellDone('Nothing to change.')
      onClose()
      return
    }
    setSaving(true)
    const refusal = await editOrder(input)
    setSaving(false)
    setFailure(refusal)
    if (refusal !== null) return
    tellDone(`Order ${base.number} saved.`)
    onClose()
  }

  return (
    <section className="card" aria-labelledby="edit-order">
      <h2 id="edit-order">Edit Order</h2>
      <form className="edit-form" onSubmit={submit}>
        {order.revision > base.revision && (
          <Notice
            tone="caution"
            role="status"
            actions={
              <Button
                variant="default"
                onClick={() => {
                  setBase(order)
                  setDraft(draftOf(order))
                  setFailure(null)
                }}
              >
                Show the newest
              </Button>
            }
          >
            <p>The order was changed in the meantime. Look at the newest before you save.</p>
          </Notice>
        )}
        <div className="edit-fields">
          <TextInput
            label="Customer Code"
            ref={firstField}
            maxLength={100}
            value={draft.customerCode}
            onChange={(event) => setDraft({ ...draft, customerCode: event.currentTarget.value })}
          />
          <TextInput
            label="Reference"
            maxLength={200}
            value={draft.reference}
            onChange={(event) => setDraft({ ...draft, reference: event.currentTarget.value })}
          />
        </div>
        <ol className="edit-lines">
          {base.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its position
            <li key={index}>
              <TextInput
                aria-label={`Product Code of Line ${index + 1}`}
                maxLength={200}
                value={draft.codes[index] ?? ''}
                onChange={(event) => {
                  const codes = [...draft.codes]
                  codes[index] = event.currentTarget.value
                  setDraft({ ...draft, codes })
                }}
              />
              <OutsideText text={line.name} lines="1" />
            </li>
          ))}
        </ol>
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" loading={isSaving}>
            Save
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </section>
  )
}
