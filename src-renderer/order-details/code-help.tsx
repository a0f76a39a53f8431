import { Button } from '@mantine/core'
import { useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { useQuery } from '../client/use-query'
import { AssignCodeDialog, type MissingCode } from '../sync-settings/assign-code-dialog'
import { orderDetailsText } from '../text/order-details-text'
import { ExternalText } from '../widgets/external-text'
import { Notice } from '../widgets/notice'
import { missingCodes } from './missing-codes'

const text = orderDetailsText.codes

const MAX_SHOWN = 5

/** The codes that a failed order needs, each with a button to assign it permanently. */
export function CodeHelp({ order }: { order: OrderDetails }) {
  const { value: preview, failure, read } = useQuery('orders.preview', { orderId: order.id }, order.revision)
  const [asked, setAsked] = useState<MissingCode | null>(null)
  const missing = missingCodes(order, failure === null ? (preview?.problems ?? []) : [])
  if (missing.length === 0) return null
  return (
    <Notice tone="plain">
      <p>
        <strong>{text.missing(missing.length)}</strong>
      </p>
      <ul className="code-help-list">
        {missing.slice(0, MAX_SHOWN).map((one) => (
          <li key={`${one.kind} ${one.alias}`}>
            <span>
              {text.kind[one.kind]}
              <ExternalText text={one.alias} /> <ExternalText text={one.name} className="soft" />
            </span>
            <Button variant="default" size="compact-sm" aria-label={text.labelFor(one.alias)} onClick={() => setAsked(one)}>
              {text.assign}
            </Button>
          </li>
        ))}
      </ul>
      {missing.length > MAX_SHOWN && <p>{text.more(missing.length - MAX_SHOWN)}</p>}
      {asked !== null && (
        <AssignCodeDialog
          missing={asked}
          onClose={() => setAsked(null)}
          onDone={() => {
            setAsked(null)
            void read()
          }}
        />
      )}
    </Notice>
  )
}
