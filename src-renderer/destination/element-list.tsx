import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { LineElement } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { ElementRow } from './element-row'
import { moved, replaced, without } from './list-edits'

const text = destinationText.elements

interface ElementListProps {
  title: string
  help: string
  /** The prefix of its keys in `errors`, e.g. `settings.header`. */
  path: string
  elements: readonly LineElement[]
  hasLine: boolean
  errors: FieldErrors
  onChange: (elements: LineElement[]) => void
}

/** The editable list of elements of one part of an XML KFI file. */
export function ElementList({ title, help, path, elements, hasLine, errors, onChange }: ElementListProps) {
  const list = useRef<HTMLOListElement>(null)
  const pendingFocus = useRef<{ row: number; selector: string } | null>(null)
  useEffect(() => {
    const wanted = pendingFocus.current
    if (wanted === null) return
    pendingFocus.current = null
    const row = list.current?.children[wanted.row]
    const found = row?.querySelector<HTMLElement>(wanted.selector) ?? row?.querySelector<HTMLElement>('input')
    found?.focus()
  })

  const move = (from: number, by: -1 | 1) => {
    if (from + by < 0 || from + by >= elements.length) return
    const active = document.activeElement?.getAttribute('aria-label') ?? ''
    const isByButton = active.endsWith(' up') || active.endsWith(' down')
    const button = by === -1 ? ' up' : ' down'
    const selector = isByButton ? `[aria-label$="${button}"]:not(:disabled)` : 'input'
    pendingFocus.current = { row: from + by, selector }
    onChange(moved(elements, from, from + by))
  }

  return (
    <fieldset className="settings-group element-list">
      <legend>{title}</legend>
      <p className="soft small no-margin">{help}</p>
      {errors[path] !== undefined && <p className="field-error">{errors[path]}</p>}
      <div className="element-row element-heads" aria-hidden>
        <span>{text.heads[0]}</span>
        <span>{text.heads[1]}</span>
        <span>{text.heads[2]}</span>
      </div>
      <ol ref={list}>
        {elements.map((element, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements have no identity other than their position while they are edited
          <li key={index}>
            <ElementRow
              element={element}
              name={`${title} ${index + 1}`}
              path={`${path}.${index}`}
              hasLine={hasLine}
              errors={errors}
              isFirst={index === 0}
              isLast={index === elements.length - 1}
              onChange={(next) => onChange(replaced(elements, index, next))}
              onMove={(by) => move(index, by)}
              onRemove={() => {
                pendingFocus.current = { row: Math.min(index, elements.length - 2), selector: '[aria-label^="Remove"]' }
                onChange(without(elements, index))
              }}
            />
          </li>
        ))}
      </ol>
      <Button
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => {
          pendingFocus.current = { row: elements.length, selector: 'input' }
          onChange([...elements, { element: '', kind: 'text', text: '' }])
        }}
      >
        {text.add}
      </Button>
    </fieldset>
  )
}
