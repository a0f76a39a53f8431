import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useMemo, useState } from 'react'
import type { OrderRow, Preview } from '../../src-shared/contract/contract'
import { call } from '../client/client'
import type { LiveAnswer } from '../client/use-live-answer'
import { PreviewPane } from '../preview/preview-pane'
import { destinationText } from '../text/destination-text'
import { FailureNotice, Notice } from '../widgets/notice'

const WORDS = destinationText.preview
/** How many of the newest orders are looked through for this destination's, and how many are offered. */
const NEWEST_ORDERS = 200
const MAX_OFFERED = 20

/** The newest orders, this destination's first. */
function useLastOrders(destinationName: string | null): OrderRow[] {
  const [rows, setRows] = useState<OrderRow[]>([])
  useEffect(() => {
    const read = async () => {
      const result = await call('orders.list', { limit: NEWEST_ORDERS })
      if (result.ok) setRows(result.value.rows)
    }
    void read()
  }, [])
  return useMemo(() => {
    const own = rows.filter((row) => row.destinationName === destinationName)
    const others = rows.filter((row) => row.destinationName !== destinationName)
    return [...own.slice(0, MAX_OFFERED), ...others.slice(0, Math.max(0, MAX_OFFERED - own.length))]
  }, [rows, destinationName])
}

/** An order by the number that a person types, however old it is. */
function OrderByNumber({ onFound }: { onFound: (order: OrderRow) => void }) {
  const [number, setNumber] = useState('')
  const [fault, setFault] = useState<string | null>(null)
  const find = async (event: FormEvent) => {
    event.preventDefault()
    if (number.trim() === '') return
    const result = await call('orders.find', { number: number.trim() })
    setFault(result.ok ? null : `${result.error.message} ${result.error.remedy}`)
    if (!result.ok) return
    setNumber('')
    onFound(result.value)
  }
  return (
    <form className="find-order" onSubmit={find}>
      <TextInput
        label={WORDS.number}
        maxLength={100}
        spellCheck={false}
        value={number}
        error={fault}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={number.trim() === ''}>
        {WORDS.show}
      </Button>
    </form>
  )
}

interface DestinationPreviewProps {
  live: LiveAnswer<Preview>
  /** Null for a destination that is new. */
  destinationName: string | null
  /** Null: the sample order. */
  orderId: number | null
  /** False while settings do not fit: then the last preview stays. */
  isFit: boolean
  onOrder: (orderId: number | null) => void
}

/** The file that the settings on this page would make, live. */
export function DestinationPreview({ live, destinationName, orderId, isFit, onOrder }: DestinationPreviewProps) {
  const last = useLastOrders(destinationName)
  const [found, setFound] = useState<OrderRow | null>(null)
  const orders = found === null || last.some((order) => order.id === found.id) ? last : [found, ...last]
  const { value: preview, failure, isOld } = live
  const choices = (rows: readonly OrderRow[]) =>
    rows.map((order) => ({ value: String(order.id), label: `${order.number}, ${order.customerName}`.slice(0, 60) }))
  const groups = [
    { group: WORDS.ownOrders, items: choices(orders.filter((order) => order.destinationName === destinationName)) },
    { group: WORDS.otherOrders, items: choices(orders.filter((order) => order.destinationName !== destinationName)) },
  ]
  return (
    <>
      <div className="preview-order">
        <NativeSelect
          label={WORDS.order}
          data={[{ value: '', label: WORDS.sample }, ...groups.filter(({ items }) => items.length > 0)]}
          value={orderId === null ? '' : String(orderId)}
          onChange={(event) => onOrder(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        />
        <OrderByNumber
          onFound={(order) => {
            setFound(order)
            onOrder(order.id)
          }}
        />
      </div>
      {!isFit && (
        <Notice tone="caution" role="status">
          <p>{WORDS.unfit}</p>
        </Notice>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {preview !== null && (
        <div className="live-preview" data-old={isOld}>
          <PreviewPane preview={preview} />
        </div>
      )}
    </>
  )
}
