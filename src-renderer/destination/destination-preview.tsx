import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useMemo, useState } from 'react'
import type { OrderRow, Preview } from '../../src-shared/contract/contract'
import { call } from '../client/client'
import type { LiveQueryState } from '../client/use-live-query'
import { PreviewPane } from '../preview/preview-pane'
import { destinationText } from '../text/destination-text'
import { FailureNotice, Notice } from '../widgets/notice'

const text = destinationText.preview
/** The number of recent orders among which to look for orders of this destination. */
const MAX_RECENT_ORDERS = 200
/** The number of recent orders in the drop-down list. */
const MAX_OFFERED = 20

/** Loads recent orders, and lists this destination's orders first. */
function useRecentOrders(destinationName: string | null): OrderRow[] {
  const [rows, setRows] = useState<OrderRow[]>([])
  useEffect(() => {
    const read = async () => {
      const result = await call('orders.list', { limit: MAX_RECENT_ORDERS })
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

/** A form that finds an order of any age by its number. */
function OrderByNumber({ onFound }: { onFound: (order: OrderRow) => void }) {
  const [number, setNumber] = useState('')
  const [error, setError] = useState<string | null>(null)
  const find = async (event: FormEvent) => {
    event.preventDefault()
    if (number.trim() === '') return
    const result = await call('orders.find', { number: number.trim() })
    setError(result.ok ? null : `${result.error.message} ${result.error.remedy}`)
    if (!result.ok) return
    setNumber('')
    onFound(result.value)
  }
  return (
    <form className="find-order" onSubmit={find}>
      <TextInput
        label={text.number}
        maxLength={100}
        spellCheck={false}
        value={number}
        error={error}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={number.trim() === ''}>
        {text.show}
      </Button>
    </form>
  )
}

interface DestinationPreviewProps {
  live: LiveQueryState<Preview>
  /** Null for a new destination. */
  destinationName: string | null
  /** Null for the sample order. */
  orderId: number | null
  /** False while some settings are invalid. The last valid preview stays on screen. */
  isValid: boolean
  onOrderChange: (orderId: number | null) => void
}

/** A live preview of the file that the settings on this page produce. */
export function DestinationPreview({ live, destinationName, orderId, isValid, onOrderChange }: DestinationPreviewProps) {
  const recent = useRecentOrders(destinationName)
  const [found, setFound] = useState<OrderRow | null>(null)
  const orders = found === null || recent.some((order) => order.id === found.id) ? recent : [found, ...recent]
  const { value: preview, failure, isStale } = live
  const toOptions = (rows: readonly OrderRow[]) =>
    rows.map((order) => ({ value: String(order.id), label: `${order.number}, ${order.customerName}`.slice(0, 60) }))
  const groups = [
    { group: text.ownOrders, items: toOptions(orders.filter((order) => order.destinationName === destinationName)) },
    { group: text.otherOrders, items: toOptions(orders.filter((order) => order.destinationName !== destinationName)) },
  ]
  return (
    <>
      <div className="preview-order">
        <NativeSelect
          label={text.order}
          data={[{ value: '', label: text.sample }, ...groups.filter(({ items }) => items.length > 0)]}
          value={orderId === null ? '' : String(orderId)}
          onChange={(event) => onOrderChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
        />
        <OrderByNumber
          onFound={(order) => {
            setFound(order)
            onOrderChange(order.id)
          }}
        />
      </div>
      {!isValid && (
        <Notice tone="caution" role="status">
          <p>{text.invalid}</p>
        </Notice>
      )}
      {failure !== null && <FailureNotice failure={failure} />}
      {preview !== null && (
        <div className="live-preview" data-old={isStale}>
          <PreviewPane preview={preview} />
        </div>
      )}
    </>
  )
}
