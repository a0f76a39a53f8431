import { NativeSelect } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { OrderRow, Preview } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import type { ProfileSettings } from '../../src-shared/profiles'
import { call } from '../client'
import { PreviewPane } from '../preview/preview-pane'
import { FailureNotice, Notice } from '../widgets/notice'

const ASK_AFTER_MS = 250
const LAST_ORDERS = 20

/** A preview of settings that are not saved. */
export interface LivePreview {
  preview: Preview | null
  failure: Failure | null
  /** True while the preview is of settings that have changed since. */
  isOld: boolean
}

/** The preview of settings that are not saved, a moment after the last change; the last good one stays until then. */
export function useLivePreview(settings: ProfileSettings, orderId: number | null, isFit: boolean): LivePreview {
  const [state, setState] = useState<LivePreview>({ preview: null, failure: null, isOld: true })
  useEffect(() => {
    setState((now) => ({ ...now, isOld: true }))
    if (!isFit) return
    let isWanted = true
    const timer = setTimeout(async () => {
      const result = await call('settings.preview', { settings, orderId })
      if (!isWanted) return
      setState(result.ok ? { preview: result.value, failure: null, isOld: false } : { preview: null, failure: result.error, isOld: false })
    }, ASK_AFTER_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [settings, orderId, isFit])
  return state
}

/** The newest orders, to look at instead of the sample. */
function useLastOrders(): OrderRow[] {
  const [rows, setRows] = useState<OrderRow[]>([])
  useEffect(() => {
    const read = async () => {
      const result = await call('orders.list', { limit: LAST_ORDERS })
      if (result.ok) setRows(result.value.rows)
    }
    void read()
  }, [])
  return rows
}

interface DestinationPreviewProps {
  live: LivePreview
  /** Null: the sample order. */
  orderId: number | null
  /** False while settings do not fit: then the last preview stays. */
  isFit: boolean
  onOrder: (orderId: number | null) => void
}

/** The file that the settings on this page would make, live. */
export function DestinationPreview({ live, orderId, isFit, onOrder }: DestinationPreviewProps) {
  const orders = useLastOrders()
  const { preview, failure, isOld } = live
  return (
    <>
      <NativeSelect
        label="Order"
        data={[
          { value: '', label: 'Sample order' },
          ...orders.map((order) => ({ value: String(order.id), label: `${order.number}, ${order.customerName}`.slice(0, 60) })),
        ]}
        value={orderId === null ? '' : String(orderId)}
        onChange={(event) => onOrder(event.currentTarget.value === '' ? null : Number(event.currentTarget.value))}
      />
      {!isFit && (
        <Notice tone="caution" role="status">
          <p>Some settings do not fit yet: correct the fields marked in red to see the file.</p>
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
