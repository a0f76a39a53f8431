import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { RowField } from '../../src-shared/profiles/profiles'
import { moved } from './list-edits'

/** The selection and keyboard navigation in a template row. */
export interface TemplateRowControls {
  /** The index of the selected field; null if none is selected. */
  selectedIndex: number | null
  /** The list of cells. Each contains a button with its `data-index`. */
  cells: RefObject<HTMLOListElement | null>
  /** Selects a field and focuses it. */
  select: (index: number) => void
  /** Selects a field, or clears the selection if the field is selected. */
  toggle: (index: number) => void
  /** Moves a field by a number of positions, and selects it. */
  move: (from: number, by: number) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/**
 * Manages the selection and keyboard navigation in a template row: arrow keys, Home and End move the focus; with Ctrl,
 * they move the field.
 */
export function useTemplateRow(fields: readonly RowField[], onChange: (fields: RowField[]) => void): TemplateRowControls {
  const [selected, setSelected] = useState<number | null>(null)
  const cells = useRef<HTMLOListElement>(null)
  const pendingFocus = useRef<number | null>(null)
  useEffect(() => {
    if (pendingFocus.current === null) return
    cells.current?.querySelectorAll<HTMLElement>('button')[pendingFocus.current]?.focus()
    pendingFocus.current = null
  })

  const selectedIndex = selected === null || selected >= fields.length ? null : selected
  const select = (index: number) => {
    pendingFocus.current = index
    setSelected(index)
  }
  const move = (from: number, by: number) => {
    if (from + by < 0 || from + by >= fields.length) return
    onChange(moved(fields, from, from + by))
    select(from + by)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const index = event.target instanceof HTMLElement ? Number(event.target.dataset.index) : Number.NaN
    if (Number.isNaN(index) || event.altKey || event.metaKey) return
    const steps: Partial<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, Home: -index, End: fields.length - 1 - index }
    const step = steps[event.key]
    if (step === undefined || index + step < 0 || index + step >= fields.length) return
    event.preventDefault()
    if (event.ctrlKey) move(index, step)
    else cells.current?.querySelectorAll<HTMLElement>('button')[index + step]?.focus()
  }
  const toggle = (index: number) => setSelected(selectedIndex === index ? null : index)
  return { selectedIndex, cells, select, toggle, move, onKeyDown }
}
