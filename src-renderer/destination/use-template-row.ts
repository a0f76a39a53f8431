import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { RowField } from '../../src-shared/profiles/profiles'
import { moved } from './moving'

/** The fields of a template's row as a person moves through them. */
export interface TemplateRowKeys {
  /** The chosen field, from 0; null where none is. */
  at: number | null
  /** The list of the cells, each with a button that has its `data-index`. */
  cells: RefObject<HTMLOListElement | null>
  /** Chooses a field and gives it the focus. */
  choose: (index: number) => void
  /** Chooses a field, or none if it was chosen. */
  toggle: (index: number) => void
  move: (from: number, by: number) => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** Arrows, Home and End move through the fields of a row; with Ctrl they move the field. */
export function useTemplateRow(fields: readonly RowField[], onChange: (fields: RowField[]) => void): TemplateRowKeys {
  const [chosen, setChosen] = useState<number | null>(null)
  const cells = useRef<HTMLOListElement>(null)
  const focusWanted = useRef<number | null>(null)
  useEffect(() => {
    if (focusWanted.current === null) return
    cells.current?.querySelectorAll<HTMLElement>('button')[focusWanted.current]?.focus()
    focusWanted.current = null
  })

  const at = chosen === null || chosen >= fields.length ? null : chosen
  const choose = (index: number) => {
    focusWanted.current = index
    setChosen(index)
  }
  const move = (from: number, by: number) => {
    if (from + by < 0 || from + by >= fields.length) return
    onChange(moved(fields, from, from + by))
    choose(from + by)
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
  const toggle = (index: number) => setChosen(at === index ? null : index)
  return { at, cells, choose, toggle, move, onKeyDown }
}
