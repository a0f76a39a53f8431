import { Button } from '@mantine/core'
import { IconFilterSearch, IconInbox } from '@tabler/icons-react'
import { useEffect } from 'react'
import { goTo } from '../shell/navigation'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import { counted } from '../text/dates'
import { Empty } from '../widgets/empty'
import { FailureNotice } from '../widgets/notice'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { ScreenTitle } from '../widgets/screen'
import { Waiting } from '../widgets/waiting'
import { isFiltered, NO_FILTER } from './order-filter'
import { OrderFilters } from './order-filters'
import { loadOrders, pruneOrders, setOrderFilter, useOrders } from './orders-store'
import { OrdersTable } from './orders-table'
import './orders.css'

function NoOrdersYet() {
  const sources = useSyncSettings((state) => state.settings?.sources)
  const first = sources?.[0]
  return (
    <Empty icon={<IconInbox size={40} stroke={1.5} aria-hidden />} title="No orders yet">
      {first === undefined ? (
        <>
          <p>Ledgerdrop has no folder to read orders from. Add a source first.</p>
          <Button onClick={() => goTo({ screen: 'sync-settings' })}>Open Sync Settings</Button>
        </>
      ) : (
        <>
          <p>Drop order files (WooCommerce or Shopify JSON, UBL XML, Ledgerdrop JSON) into this folder. The next sync reads them.</p>
          <p>
            <bdi className="outside">{first.folder}</bdi>
          </p>
          <OpenFolderButton folder={first.folder} />
        </>
      )}
    </Empty>
  )
}

function NoMatch() {
  return (
    <Empty icon={<IconFilterSearch size={40} stroke={1.5} aria-hidden />} title="No order matches">
      <p>
        The search and the filters together leave nothing. Search looks at order number, customer, e-mail and products, from the start of
        each word.
      </p>
      <Button variant="default" onClick={() => setOrderFilter(NO_FILTER)}>
        Clear all filters
      </Button>
    </Empty>
  )
}

function OrdersCount() {
  const count = useOrders((state) => state.ids.length)
  const hasMore = useOrders((state) => state.next !== null)
  const isLoaded = useOrders((state) => state.isLoaded)
  return (
    <span className="soft" role="status">
      {!isLoaded ? '' : hasMore ? `${counted(count, 'order')} shown, more below` : counted(count, 'order')}
    </span>
  )
}

function OrdersBody() {
  const isEmpty = useOrders((state) => state.ids.length === 0)
  const isLoaded = useOrders((state) => state.isLoaded)
  const failure = useOrders((state) => state.failure)
  const hasFilter = useOrders((state) => isFiltered(state.filter))
  if (!isLoaded && failure === null) return <Waiting what="Reading the orders" onRetry={loadOrders} />
  return (
    <>
      {failure !== null && (
        <FailureNotice
          failure={failure}
          actions={
            <Button variant="default" onClick={loadOrders}>
              Retry
            </Button>
          }
        />
      )}
      {isLoaded && (isEmpty ? hasFilter ? <NoMatch /> : <NoOrdersYet /> : <OrdersTable />)}
    </>
  )
}

/** Orders > View Orders. */
export function OrdersScreen() {
  useEffect(() => {
    if (useOrders.getState().isLoaded) pruneOrders()
    else void loadOrders()
  }, [])
  return (
    <div className="orders-screen">
      <div className="screen-head">
        <ScreenTitle>View Orders</ScreenTitle>
        <OrdersCount />
      </div>
      <OrderFilters />
      <OrdersBody />
    </div>
  )
}
