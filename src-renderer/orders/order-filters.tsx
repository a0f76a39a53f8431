import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconFilterOff, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { isFiltered, NO_FILTER } from '../order-list/order-filter'
import { useOrderView } from '../order-list/order-view'
import { setOrderFilter } from '../order-list/orders-store'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import { ordersText } from '../text/orders-text'
import { syncStateLabel } from '../text/state-labels'
import { isTyping } from './is-typing'

const text = ordersText.filters
const all = { value: '', label: text.all }
const statuses = [all, ...ORDER_STATUSES.map((status) => ({ value: status, label: status }))]
const syncStates = [all, ...SYNC_STATES.map((state) => ({ value: state, label: syncStateLabel(state).text }))]

function focusTable(): void {
  document.querySelector<HTMLElement>('.orders-table .order-number[tabindex="0"]')?.focus()
}

function SearchField() {
  const search = useOrderView((state) => state.filter.search)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  const clear = () => {
    setOrderFilter({ search: '' })
    field.current?.focus()
  }

  return (
    <TextInput
      ref={field}
      className="order-search"
      label={text.search}
      placeholder={text.searchHint}
      maxLength={200}
      value={search}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={search === '' ? null : <CloseButton size="sm" aria-label={text.clearText} onClick={clear} />}
      onChange={(event) => setOrderFilter({ search: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && search !== '') clear()
        else if (event.key === 'ArrowDown') focusTable()
        else return
        event.preventDefault()
      }}
    />
  )
}

/** The search field and the filters of View Orders. They stay set until the user clears them. */
export function OrderFilters() {
  const filter = useOrderView((state) => state.filter)
  const sources = useSyncSettings((state) => state.settings?.sources)
  return (
    <search className="order-filters" aria-label={text.label}>
      <SearchField />
      <NativeSelect
        label={text.status}
        data={statuses}
        value={filter.status}
        onChange={(event) => setOrderFilter({ status: ORDER_STATUSES.find((status) => status === event.currentTarget.value) ?? '' })}
      />
      <NativeSelect
        label={text.syncState}
        data={syncStates}
        value={filter.syncState}
        onChange={(event) => setOrderFilter({ syncState: SYNC_STATES.find((state) => state === event.currentTarget.value) ?? '' })}
      />
      <NativeSelect
        label={text.source}
        data={[all, ...(sources ?? []).map((source) => ({ value: String(source.id), label: source.name }))]}
        value={filter.sourceId === null ? '' : String(filter.sourceId)}
        onChange={(event) => setOrderFilter({ sourceId: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        label={text.from}
        max={filter.toDay}
        value={filter.fromDay}
        onChange={(event) => setOrderFilter({ fromDay: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={text.to}
        min={filter.fromDay}
        value={filter.toDay}
        onChange={(event) => setOrderFilter({ toDay: event.currentTarget.value })}
      />
      <Button
        className="clear-filters"
        variant="default"
        disabled={!isFiltered(filter)}
        leftSection={<IconFilterOff size={15} aria-hidden />}
        onClick={() => setOrderFilter(NO_FILTER)}
      >
        {text.clear}
      </Button>
    </search>
  )
}
