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
  /** The prefix of this list's keys in `errors`, e.g. `settings.header`. */
  path: string
  elements: readonly LineElement[]
  /** True if the elements can contain values of an order line. */
  hasLineFields: boolean
  errors: FieldErrors
  onChange: (elements: LineElement[]) => void
}

/** The editable list of the elements in one part of an XML KFI file. */
export function ElementList({ title, help, path, elements, hasLineFields, errors, onChange }: ElementListProps) {
  const list = useRef<HTMLOListElement>(null)
  const pendingFocus = useRef<{ row: number; selector: string } | null>(null)
  useEffect(() => {
    const pending = pendingFocus.current
    if (pending === null) return
    pendingFocus.current = null
    const row = list.current?.children[pending.row]
    const target = row?.querySelector<HTMLElement>(pending.selector) ?? row?.querySelector<HTMLElement>('input')
    target?.focus()
  })

  const move = (from: number, by: -1 | 1) => {
    if (from + by < 0 || from + by >= elements.length) return
    const activeLabel = document.activeElement?.getAttribute('aria-label') ?? ''
    const isMoveButton = activeLabel.endsWith(' up') || activeLabel.endsWith(' down')
    const labelEnd = by === -1 ? ' up' : ' down'
    const selector = isMoveButton ? `[aria-label$="${labelEnd}"]:not(:disabled)` : 'input'
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
              hasLineFields={hasLineFields}
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
