import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { DestinationRow, OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { goTo } from '../navigation/navigation'
import { firstRunText } from '../text/first-run-text'
import { ExternalText } from '../widgets/external-text'
import { FailureNotice, Notice } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'

const text = firstRunText.test

/** A button that sends a test order, and the result of that order. */
export function TestOrder({ destination }: { destination: DestinationRow }) {
  const [order, setOrder] = useState<OrderDetails | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSending, setSending] = useState(false)
  const orderId = order?.id

  useEffect(() => {
    if (orderId === undefined) return
    return on('orders.changed', async ({ rows }) => {
      if (!rows.some((row) => row.id === orderId)) return
      const result = await call('orders.get', { orderId })
      if (result.ok) setOrder(result.value)
    })
  }, [orderId])

  const send = async () => {
    setSending(true)
    setFailure(null)
    const sent = await call('settings.sendTestOrder', { destinationId: destination.id })
    if (sent.ok) setOrder(sent.value)
    const started = sent.ok ? await call('sync.runNow', { task: 'Write Order' }) : sent
    setSending(false)
    if (!started.ok) setFailure(started.error)
  }

  return (
    <div className="guide-test">
      <h3>{text.title}</h3>
      <p className="no-margin">{text.explanation}</p>
      <p className="soft small no-margin">{text.realFile}</p>
      <div className="form-actions">
        <Button loading={isSending} onClick={send}>
          {order === null ? text.send : text.again}
        </Button>
      </div>
      {failure !== null && <FailureNotice failure={failure} />}
      {order !== null && <Outcome order={order} />}
    </div>
  )
}

function Outcome({ order }: { order: OrderDetails }) {
  const openButton = (
    <Button variant="default" onClick={() => goTo({ screen: 'order', orderId: order.id })}>
      {text.openOrder}
    </Button>
  )
  if (order.syncError !== null) {
    return (
      <Notice tone="bad" role="alert" actions={openButton}>
        <p>
          <strong>{text.failed(order.number)}</strong>
        </p>
        <p>{order.syncError.message}</p>
        <p>{order.syncError.remedy}</p>
      </Notice>
    )
  }
  const delivery = order.deliveries.find(({ droppedAt }) => droppedAt !== null)
  if (delivery === undefined) {
    return (
      <Notice tone="plain" role="status">
        <p>{text.waiting(order.number)}</p>
      </Notice>
    )
  }
  return (
    <Notice
      tone="plain"
      role="status"
      actions={
        <>
          <OpenFolderButton folder={delivery.folder} label={text.openFolder} />
          {openButton}
        </>
      }
    >
      <p>
        <strong>{text.written(order.number)}</strong>
      </p>
      <p>
        <ExternalText text={`${delivery.folder} › ${delivery.fileName}`} className="path" />
      </p>
    </Notice>
  )
}
