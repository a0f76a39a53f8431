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

const text = ordersText.actions

/** The selected orders as input for the engine, in list order. */
function currentSelection(): OrderSelection {
  return toOrderSelection(useSelection.getState().selected, (ids) => useOrders.getState().ids.filter((id) => ids.has(id)))
}

/** All orders of the list, as filtered, as input for the engine. */
function wholeList(): OrderSelection {
  return { filter: toOrderFilter(useOrderView.getState().filter) ?? {}, newestId: useOrders.getState().newestId, except: [] }
}

function exportSelection(selection: OrderSelection): void {
  const { hidden, sort } = useOrderView.getState()
  void exportList({ selection, sort, columns: EXPORT_COLUMNS.filter((name) => !hidden.includes(name)) })
}

/**
 * The button that exports the filtered and sorted list. Hidden while orders are selected, because `OrderActions` has
 * its own export button.
 */
export function ExportButton() {
  const isEmpty = useOrders((state) => state.total === 0)
  const isBusy = useOrderJob((state) => state.job?.state === 'running')
  const hasSelection = useSelection((state) => selectedCount(state.selected) > 0)
  return hasSelection ? null : (
    <Button
      variant="default"
      disabled={isEmpty || isBusy}
      leftSection={<IconFileSpreadsheet size={15} aria-hidden />}
      onClick={() => exportSelection(wholeList())}
    >
      {text.exportList}
    </Button>
  )
}

/** The buttons for the selected orders. Renders nothing if none are selected. */
export function OrderActions() {
  const count = useSelection((state) => selectedCount(state.selected))
  const isBusy = useOrderJob((state) => state.job?.state === 'running')
  const canChange = useCan('orders.changeStatusOfMany')
  const [dialog, setDialog] = useState<{ selection: OrderSelection; isSendAgain: boolean } | null>(null)
  const openDialog = (isSendAgain: boolean) => setDialog({ selection: currentSelection(), isSendAgain })
  return (
    <>
      {count > 0 && (
        <section className="order-actions" aria-label={text.label}>
          <strong role="status">{text.selected(count)}</strong>
          {canChange && (
            <>
              <Button variant="default" disabled={isBusy} leftSection={<IconTag size={15} aria-hidden />} onClick={() => openDialog(false)}>
                {text.setStatus}
              </Button>
              <Button variant="default" disabled={isBusy} leftSection={<IconSend size={15} aria-hidden />} onClick={() => openDialog(true)}>
                {text.sendAgain}
              </Button>
            </>
          )}
          <Button
            variant="default"
            disabled={isBusy}
            leftSection={<IconFileSpreadsheet size={15} aria-hidden />}
            onClick={() => exportSelection(currentSelection())}
          >
            {text.exportList}
          </Button>
          <Button variant="subtle" leftSection={<IconX size={15} aria-hidden />} onClick={clearSelection}>
            {text.clear}
          </Button>
        </section>
      )}
      {dialog !== null && (
        <StatusOfManyDialog count={count} selection={dialog.selection} isSendAgain={dialog.isSendAgain} onClose={() => setDialog(null)} />
      )}
    </>
  )
}
