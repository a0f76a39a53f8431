import { IconAlertTriangle, IconHelpCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OrderCount } from '../../src-shared/contract/contract'
import { ORDER_STATUSES } from '../../src-shared/order'
import { type FilterFields, NO_FILTER } from '../order-list/order-filter'
import { useOrderView } from '../order-list/order-view'
import { setOrderFilter, useOrders } from '../order-list/orders-store'
import { ordersText } from '../text/orders-text'
import { syncStateLabel } from '../text/state-labels'

interface CountButtonProps {
  label: string
  tone?: 'bad' | 'caution'
  icon?: ReactNode
  isChosen: boolean
  matches: (row: OrderCount) => boolean
  filter: Partial<FilterFields>
}

function CountButton({ label, tone, icon, isChosen, matches, filter }: CountButtonProps) {
  const count = useOrders((state) => state.counts.reduce((sum, row) => (matches(row) ? sum + row.count : sum), 0))
  return (
    <button
      type="button"
      className="order-count"
      aria-pressed={isChosen}
      data-tone={count > 0 ? tone : undefined}
      onClick={() => setOrderFilter(isChosen ? NO_FILTER : { ...NO_FILTER, ...filter })}
    >
      {count > 0 && icon}
      <span>{label}</span>
      <strong>{ordersText.amount(count)}</strong>
    </button>
  )
}

/** The number of orders per status, and of those that failed or need review. Each button filters the list. */
export function OrderCounts() {
  const { status, syncState } = useOrderView((state) => state.filter)
  const isAll = status === '' && syncState === ''
  return (
    <fieldset className="order-counts" aria-label={ordersText.counts.label}>
      <CountButton label={ordersText.counts.all} isChosen={isAll} matches={() => true} filter={{}} />
      {ORDER_STATUSES.map((name) => (
        <CountButton
          key={name}
          label={name}
          isChosen={status === name && syncState === ''}
          matches={(row) => row.status === name}
          filter={{ status: name }}
        />
      ))}
      <CountButton
        label={syncStateLabel('failed').text}
        tone="bad"
        icon={<IconAlertTriangle size={14} aria-hidden />}
        isChosen={syncState === 'failed' && status === ''}
        matches={(row) => row.syncState === 'failed'}
        filter={{ syncState: 'failed' }}
      />
      <CountButton
        label={syncStateLabel('needs review').text}
        tone="caution"
        icon={<IconHelpCircle size={14} aria-hidden />}
        isChosen={syncState === 'needs review' && status === ''}
        matches={(row) => row.syncState === 'needs review'}
        filter={{ syncState: 'needs review' }}
      />
    </fieldset>
  )
}
