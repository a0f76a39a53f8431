import { Button } from '@mantine/core'
import { IconFilterSearch, IconInbox } from '@tabler/icons-react'
import { useEffect } from 'react'
import { goTo } from '../navigation/navigation'
import { isFiltered, NO_FILTER } from '../order-list/order-filter'
import { useOrderView } from '../order-list/order-view'
import { applyPendingChanges, loadOrders, orderScroll, setOrderFilter, useOrders } from '../order-list/orders-store'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import { ordersText } from '../text/orders-text'
import { EmptyState } from '../widgets/empty-state'
import { RetryNotice } from '../widgets/load-state'
import { OpenFolderButton } from '../widgets/open-folder-button'
import { ScreenTitle } from '../widgets/screen'
import { Waiting } from '../widgets/waiting'
import { ColumnMenu } from './column-menu'
import { GetOrderButton } from './get-order'
import { ExportButton, OrderActions } from './order-actions'
import { OrderCounts } from './order-counts'
import { OrderFilters } from './order-filters'
import { OrderJobBar } from './order-job'
import { OrdersTable } from './orders-table'
import './orders.css'
import './orders-tools.css'
import './orders-table.css'

const text = ordersText.empty

function NoOrdersYet() {
  const sources = useSyncSettings((state) => state.settings?.sources)
  const store = sources?.find((source) => source.store !== null)
  const folder = sources?.find((source) => source.store === null)?.folder
  return (
    <EmptyState icon={<IconInbox size={40} stroke={1.5} aria-hidden />} title={text.title}>
      {store === undefined && folder === undefined && (
        <>
          <p>{text.noSource}</p>
          <Button onClick={() => goTo({ screen: 'sync-settings' })}>{text.openSettings}</Button>
        </>
      )}
      {store !== undefined && (
        <>
          <p>{text.fromStore(store.name)}</p>
          <Button variant={folder === undefined ? 'filled' : 'default'} onClick={() => goTo({ screen: 'sync-status' })}>
            {text.openStatus}
          </Button>
        </>
      )}
      {folder !== undefined && (
        <>
          <p>{text.drop}</p>
          <p>
            <bdi className="outside">{folder}</bdi>
          </p>
          <OpenFolderButton folder={folder} />
        </>
      )}
    </EmptyState>
  )
}

function NoMatch() {
  return (
    <EmptyState icon={<IconFilterSearch size={40} stroke={1.5} aria-hidden />} title={text.noMatchTitle}>
      <p>{text.noMatch}</p>
      <Button variant="default" onClick={() => setOrderFilter(NO_FILTER)}>
        {text.clearAll}
      </Button>
    </EmptyState>
  )
}

function TotalOrders() {
  const total = useOrders((state) => state.total)
  const isLoaded = useOrders((state) => state.isLoaded)
  return (
    <span className="soft" role="status">
      {isLoaded ? ordersText.orders(total) : ''}
    </span>
  )
}

function OrdersBody() {
  const isEmpty = useOrders((state) => state.total === 0)
  const hasNew = useOrders((state) => state.newCount > 0)
  const isLoaded = useOrders((state) => state.isLoaded)
  const failure = useOrders((state) => state.failure)
  const hasFilter = useOrderView((state) => isFiltered(state.filter))
  // Show new orders immediately if the list is empty: there are no rows that could move.
  useEffect(() => {
    if (isEmpty && hasNew) applyPendingChanges(true)
  }, [isEmpty, hasNew])
  if (!isLoaded && failure === null) return <Waiting message={ordersText.reading} onRetry={() => void loadOrders()} />
  return (
    <>
      {failure !== null && <RetryNotice failure={failure} onRetry={() => void loadOrders()} />}
      {isLoaded && !isEmpty && <OrdersTable />}
      {isLoaded && isEmpty && (hasFilter ? <NoMatch /> : <NoOrdersYet />)}
    </>
  )
}

/** The Orders > View Orders screen. */
export function OrdersScreen() {
  useEffect(() => {
    const { isLoaded, isLoading } = useOrders.getState()
    if (isLoaded) applyPendingChanges(orderScroll.top === 0)
    else if (!isLoading) void loadOrders()
  }, [])
  return (
    <div className="orders-screen">
      <div className="screen-head">
        <ScreenTitle>{ordersText.title}</ScreenTitle>
        <TotalOrders />
        <div className="orders-tools">
          <GetOrderButton />
          <ColumnMenu />
          <ExportButton />
        </div>
      </div>
      <OrderFilters />
      <OrderCounts />
      <OrderActions />
      <OrderJobBar />
      <OrdersBody />
    </div>
  )
}
