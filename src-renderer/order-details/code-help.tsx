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

/** The codes that are missing for a failed order, each with a button to assign it permanently. */
export function CodeHelp({ order }: { order: OrderDetails }) {
  const { value: preview, failure, read } = useQuery('orders.preview', { orderId: order.id }, order.revision)
  const [codeToAssign, setCodeToAssign] = useState<MissingCode | null>(null)
  const missing = missingCodes(order, failure === null ? (preview?.problems ?? []) : [])
  if (missing.length === 0) return null
  return (
    <Notice tone="plain">
      <p>
        <strong>{text.missing(missing.length)}</strong>
      </p>
      <ul className="code-help-list">
        {missing.slice(0, MAX_SHOWN).map((code) => (
          <li key={`${code.kind} ${code.alias}`}>
            <span>
              {text.kind[code.kind]}
              <ExternalText text={code.alias} /> <ExternalText text={code.name} className="soft" />
            </span>
            <Button variant="default" size="compact-sm" aria-label={text.labelFor(code.alias)} onClick={() => setCodeToAssign(code)}>
              {text.assign}
            </Button>
          </li>
        ))}
      </ul>
      {missing.length > MAX_SHOWN && <p>{text.more(missing.length - MAX_SHOWN)}</p>}
      {codeToAssign !== null && (
        <AssignCodeDialog
          missing={codeToAssign}
          onClose={() => setCodeToAssign(null)}
          onDone={() => {
            setCodeToAssign(null)
            void read()
          }}
        />
      )}
    </Notice>
  )
}
