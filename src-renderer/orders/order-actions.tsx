import { Button } from '@mantine/core'
import { IconFileSpreadsheet, IconSend, IconTag, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { EXPORT_COLUMNS, type OrderSelection } from '../../src-shared/contract/contract'
import { toOrderFilter } from '../order-list/order-filter'
import { clearSelection, selectedCount, toOrderSelection, useSelection } from '../order-list/order-selection'
import { useOrderView } from '../order-list/order-view'
import { useOrders } from '../order-list/orders-store'
import { useCan } from '../session/can'
import { ordersText } from '../text/orders-text'
import { exportList, useOrderJob } from './order-job-store'
import { StatusOfManyDialog } from './status-of-many-dialog'

const words = ordersText.actions

/** The selected orders as the engine takes them, in the order of the list. */
function selection(): OrderSelection {
  return toOrderSelection(useSelection.getState().selected, (ids) => useOrders.getState().ids.filter((id) => ids.has(id)))
}

function wholeList(): OrderSelection {
  return { filter: toOrderFilter(useOrderView.getState().filter) ?? {}, newestId: useOrders.getState().newestId, except: [] }
}

function exportThese(orders: OrderSelection): void {
  const { hidden, sort } = useOrderView.getState()
  void exportList({ selection: orders, sort, columns: EXPORT_COLUMNS.filter((name) => !hidden.includes(name)) })
}

/** Exports the list as it is filtered and sorted; while orders are selected, their own button does. */
export function ExportButton() {
  const isEmpty = useOrders((state) => state.total === 0)
  const isBusy = useOrderJob((state) => state.job?.state === 'running')
  const hasSelection = useSelection((state) => selectedCount(state.selected) > 0)
  return hasSelection ? null : (
    <Button
      variant="default"
      disabled={isEmpty || isBusy}
      leftSection={<IconFileSpreadsheet size={15} aria-hidden />}
      onClick={() => exportThese(wholeList())}
    >
      {words.exportList}
    </Button>
  )
}

/** What can be done to the selected orders; there while orders are selected. */
export function OrderActions() {
  const count = useSelection((state) => selectedCount(state.selected))
  const isBusy = useOrderJob((state) => state.job?.state === 'running')
  const canChange = useCan('orders.changeStatusOfMany')
  const [asking, setAsking] = useState<{ selection: OrderSelection; isSendAgain: boolean } | null>(null)
  const ask = (isSendAgain: boolean) => setAsking({ selection: selection(), isSendAgain })
  return (
    <>
      {count > 0 && (
        <section className="order-actions" aria-label={words.label}>
          <strong role="status">{words.selected(count)}</strong>
          {canChange && (
            <>
              <Button variant="default" disabled={isBusy} leftSection={<IconTag size={15} aria-hidden />} onClick={() => ask(false)}>
                {words.setStatus}
              </Button>
              <Button variant="default" disabled={isBusy} leftSection={<IconSend size={15} aria-hidden />} onClick={() => ask(true)}>
                {words.sendAgain}
              </Button>
            </>
          )}
          <Button
            variant="default"
            disabled={isBusy}
            leftSection={<IconFileSpreadsheet size={15} aria-hidden />}
            onClick={() => exportThese(selection())}
          >
            {words.exportList}
          </Button>
          <Button variant="subtle" leftSection={<IconX size={15} aria-hidden />} onClick={clearSelection}>
            {words.clear}
          </Button>
        </section>
      )}
      {asking !== null && (
        <StatusOfManyDialog count={count} selection={asking.selection} isSendAgain={asking.isSendAgain} onClose={() => setAsking(null)} />
      )}
    </>
  )
}
