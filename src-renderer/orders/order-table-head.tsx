import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import type { ExportColumn } from '../../src-shared/contract/contract'
import { clearSelection, selectAll, selectedCount, useSelection } from '../order-list/order-selection'
import { MAX_COLUMN_WIDTH, MIN_COLUMN_WIDTH, setColumnWidth, useOrderView } from '../order-list/order-view'
import { sortOrders, useOrders } from '../order-list/orders-store'
import { ordersText } from '../text/orders-text'
import { ORDER_COLUMNS } from './order-columns'

const text = ordersText.table
/** The number of pixels that each arrow key adds to the width of a column. */
const WIDTH_STEPS: Partial<Record<string, number>> = { ArrowRight: 16, ArrowLeft: -16 }

function Resizer({ name }: { name: ExportColumn }) {
  const width = useOrderView((state) => state.widths[name])
  const drag = useRef<{ x: number; width: number } | null>(null)
  const widthOf = (element: HTMLElement) => element.closest('th')?.getBoundingClientRect().width ?? MIN_COLUMN_WIDTH

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, width: widthOf(event.currentTarget) }
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = WIDTH_STEPS[event.key]
    if (step !== undefined) setColumnWidth(name, widthOf(event.currentTarget) + step)
    else if (event.key === 'Delete') setColumnWidth(name, null)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable column divider is a separator with a value
    <span
      role="separator"
      className="column-resizer"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={text.width(ordersText.columns[name])}
      aria-valuenow={width ?? MIN_COLUMN_WIDTH}
      aria-valuemin={MIN_COLUMN_WIDTH}
      aria-valuemax={MAX_COLUMN_WIDTH}
      title={text.widthHint}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (drag.current !== null) setColumnWidth(name, drag.current.width + event.clientX - drag.current.x)
      }}
      onPointerUp={() => {
        drag.current = null
      }}
      onLostPointerCapture={() => {
        drag.current = null
      }}
      onDoubleClick={() => setColumnWidth(name, null)}
      onKeyDown={onKeyDown}
    />
  )
}

function SelectAllBox() {
  const count = useSelection((state) => selectedCount(state.selected))
  const total = useOrders((state) => state.total)
  const isAll = count > 0 && count >= total
  return (
    <label className="order-pick">
      <input
        type="checkbox"
        aria-label={text.selectAll}
        checked={isAll}
        ref={(box) => {
          if (box !== null) box.indeterminate = count > 0 && !isAll
        }}
        onChange={() => {
          const { newestId, total: all } = useOrders.getState()
          if (isAll) clearSelection()
          else selectAll(newestId, all)
        }}
      />
    </label>
  )
}

function HeadCell({ name }: { name: ExportColumn }) {
  const { sortBy, isHighestFirst } = ORDER_COLUMNS[name]
  const sort = useOrderView((state) => state.sort)
  const currentDirection = sort.isDescending ? 'descending' : 'ascending'
  const direction = sort.by === sortBy ? currentDirection : undefined
  const label = ordersText.columns[name]
  return (
    <th scope="col" className={name === 'total' ? 'number' : undefined} aria-sort={direction}>
      {name === 'number' && <SelectAllBox />}
      {sortBy === null ? (
        <span className="column-name">{label}</span>
      ) : (
        <button type="button" className="column-name" title={text.sortBy(label)} onClick={() => sortOrders(sortBy, isHighestFirst)}>
          {label}
          {direction === 'descending' && <IconArrowDown size={13} aria-hidden />}
          {direction === 'ascending' && <IconArrowUp size={13} aria-hidden />}
        </button>
      )}
      <Resizer name={name} />
    </th>
  )
}

/** The table's header row, with controls for sorting, column widths and selecting all orders. */
export function OrderTableHead({ columns, tracks }: { columns: readonly ExportColumn[]; tracks: string }) {
  return (
    <thead>
      <tr aria-rowindex={1} style={{ gridTemplateColumns: tracks }}>
        {columns.map((name) => (
          <HeadCell key={name} name={name} />
        ))}
      </tr>
    </thead>
  )
}
