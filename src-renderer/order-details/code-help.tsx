import { Button } from '@mantine/core'
import { useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { useAnswer } from '../client/use-answer'
import { type Nameless, UseCodeDialog } from '../sync-settings/use-code-dialog'
import { orderDetailsText } from '../text/order-details-text'
import { Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { missingCodes } from './missing-codes'

const text = orderDetailsText.codes

const MAX_SHOWN = 5

/** Beside a failed order: the codes that it lacks, each with a way to give it for good. */
export function CodeHelp({ order }: { order: OrderDetails }) {
  const { value: preview, failure, read } = useAnswer('orders.preview', { orderId: order.id }, order.revision)
  const [asked, setAsked] = useState<Nameless | null>(null)
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
              <OutsideText text={one.alias} /> <OutsideText text={one.name} className="soft" />
            </span>
            <Button variant="default" size="compact-sm" aria-label={text.labelFor(one.alias)} onClick={() => setAsked(one)}>
              {text.use}
            </Button>
          </li>
        ))}
      </ul>
      {missing.length > MAX_SHOWN && <p>{text.more(missing.length - MAX_SHOWN)}</p>}
      {asked !== null && (
        <UseCodeDialog
          nameless={asked}
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
