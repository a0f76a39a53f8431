import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconCloudDownload } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { SourceRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call } from '../client/client'
import { goTo } from '../navigation/navigation'
import { NO_FILTER } from '../order-list/order-filter'
import { setOrderFilter } from '../order-list/orders-store'
import { useCan } from '../session/can'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import { storesText } from '../text/stores-text'
import { FormDialog } from '../widgets/form-dialog'
import { notifyDone } from '../widgets/notify'
import { isTyping } from './is-typing'

const text = storesText.fetch

/** Opens the order; if several have the same number, lists them. */
function showOrders(orderIds: readonly number[], number: string): void {
  const [first] = orderIds
  notifyDone(orderIds.length === 1 ? text.received(number) : text.receivedMany(orderIds.length, number))
  if (orderIds.length === 1 && first !== undefined) goTo({ screen: 'order', orderId: first })
  else setOrderFilter({ ...NO_FILTER, search: number })
}

function GetOrderDialog({ stores, onClose }: { stores: readonly SourceRow[]; onClose: () => void }) {
  const [number, setNumber] = useState('')
  const [storeId, setStoreId] = useState('')
  const [isMissing, setMissing] = useState(false)
  const wanted = number.trim()

  const fetch = async (): Promise<Failure | null> => {
    const result = await call('stores.fetchOrder', { number: wanted, ...(storeId === '' ? {} : { sourceId: Number(storeId) }) })
    if (!result.ok) return result.error
    showOrders(result.value.orderIds, wanted)
    return null
  }

  return (
    <FormDialog
      title={text.title}
      cancel={text.cancel}
      action={text.action}
      check={() => {
        setMissing(wanted === '')
        return wanted !== ''
      }}
      onSubmit={fetch}
      onDone={onClose}
      onClose={onClose}
    >
      <p>{text.hint}</p>
      <TextInput
        label={text.number}
        data-autofocus
        maxLength={100}
        spellCheck={false}
        value={number}
        error={isMissing && wanted === '' ? text.numberMissing : null}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      {stores.length > 1 && (
        <NativeSelect
          label={text.store}
          data={[{ value: '', label: text.allStores }, ...stores.map(({ id, name }) => ({ value: String(id), label: name }))]}
          value={storeId}
          onChange={(event) => setStoreId(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}

/**
 * The button that asks a store for one order by its number; also opened by the key G. Hidden if no store is connected.
 */
export function GetOrderButton() {
  const sources = useSyncSettings((state) => state.settings?.sources)
  const isAllowed = useCan('stores.fetchOrder')
  const [isOpen, setOpen] = useState(false)
  const stores = isAllowed ? (sources ?? []).filter(({ store }) => store !== null) : []
  const isOffered = stores.length > 0

  useEffect(() => {
    if (!isOffered) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'g' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [isOffered])

  if (!isOffered) return null
  return (
    <>
      <Button
        variant="default"
        aria-keyshortcuts="g"
        leftSection={<IconCloudDownload size={15} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {text.button}
      </Button>
      {isOpen && <GetOrderDialog stores={stores} onClose={() => setOpen(false)} />}
    </>
  )
}
