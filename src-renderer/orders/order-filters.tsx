import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { IconFilterOff, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { useSyncSettings } from '../sync-settings/sync-settings-store'
import { syncStateWords } from '../text/state-words'
import { isFiltered, NO_FILTER } from './order-filter'
import { setOrderFilter, useOrders } from './orders-store'

const SEARCH_AFTER_MS = 150

const statuses = [{ value: '', label: 'All' }, ...ORDER_STATUSES.map((status) => ({ value: status, label: status }))]
const syncStates = [{ value: '', label: 'All' }, ...SYNC_STATES.map((state) => ({ value: state, label: syncStateWords(state).text }))]

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null
}

function SearchField() {
  const asked = useOrders((state) => state.filter.search)
  const [text, setText] = useState(asked)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => setText(asked), [asked])

  useEffect(() => {
    if (text === asked) return
    const timer = setTimeout(() => setOrderFilter({ search: text }), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, asked])

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
    setText('')
    setOrderFilter({ search: '' })
    field.current?.focus()
  }

  return (
    <TextInput
      ref={field}
      className="order-search"
      label="Search"
      placeholder="Number, customer, e-mail or product ( / )"
      maxLength={200}
      value={text}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text === '' ? null : <CloseButton size="sm" aria-label="Clear the text" onClick={clear} />}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || text === '') return
        event.preventDefault()
        clear()
      }}
    />
  )
}

/** Search and filters of View Orders; they stay until they are cleared. */
export function OrderFilters() {
  const filter = useOrders((state) => state.filter)
  const sources = useSyncSettings((state) => state.settings?.sources)
  return (
    <search className="order-filters" aria-label="Find orders">
      <SearchField />
      <NativeSelect
        label="Status"
        data={statuses}
        value={filter.status}
        onChange={(event) => setOrderFilter({ status: ORDER_STATUSES.find((status) => status === event.currentTarget.value) ?? '' })}
      />
      <NativeSelect
        label="Sync State"
        data={syncStates}
        value={filter.syncState}
        onChange={(event) => setOrderFilter({ syncState: SYNC_STATES.find((state) => state === event.currentTarget.value) ?? '' })}
      />
      <NativeSelect
        label="Source"
        data={[{ value: '', label: 'All' }, ...(sources ?? []).map((source) => ({ value: String(source.id), label: source.name }))]}
        value={filter.sourceId === null ? '' : String(filter.sourceId)}
        onChange={(event) => setOrderFilter({ sourceId: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        label="From"
        max={filter.toDay}
        value={filter.fromDay}
        onChange={(event) => setOrderFilter({ fromDay: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="To"
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
        Clear filters
      </Button>
    </search>
  )
}
