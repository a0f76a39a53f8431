import { Button } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { OrderDetails } from '../../src-shared/contract'
import type { ExportProblem } from '../../src-shared/failure'
import { call } from '../client/client'
import { type Nameless, UseCodeDialog } from '../sync-settings/use-code-dialog'
import { orderDetailsText } from '../text/order-details-text'
import { Notice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { missingCodes } from './missing-codes'

const text = orderDetailsText.codes

const MOST_SHOWN = 5

/** Beside a failed order: the codes that it lacks, each with a way to give it for good. */
export function CodeHelp({ order }: { order: OrderDetails }) {
  const [problems, setProblems] = useState<readonly ExportProblem[]>([])
  const [asked, setAsked] = useState<Nameless | null>(null)
  const { id: orderId, revision } = order
  const read = useCallback(async () => {
    const result = await call('orders.preview', { orderId })
    setProblems(result.ok ? result.value.problems : [])
  }, [orderId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the order changes
  useEffect(() => void read(), [read, revision])

  const missing = missingCodes(order, problems)
  if (missing.length === 0) return null
  return (
    <Notice tone="plain">
      <p>
        <strong>{text.missing(missing.length)}</strong>
      </p>
      <ul className="code-help-list">
        {missing.slice(0, MOST_SHOWN).map((one) => (
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
      {missing.length > MOST_SHOWN && <p>{text.more(missing.length - MOST_SHOWN)}</p>}
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
