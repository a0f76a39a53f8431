import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { LineElement } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { ElementRow } from './element-row'
import { moved, replaced, without } from './moving'

const WORDS = destinationText.elements

interface ElementListProps {
  title: string
  help: string
  /** Where its errors are found, e.g. `settings.header`. */
  path: string
  elements: readonly LineElement[]
  hasLine: boolean
  errors: FieldErrors
  onChange: (elements: LineElement[]) => void
}

/** The elements of one part of an XML KFI file, in their order. */
export function ElementList({ title, help, path, elements, hasLine, errors, onChange }: ElementListProps) {
  const list = useRef<HTMLOListElement>(null)
  const focusWanted = useRef<{ row: number; selector: string } | null>(null)
  useEffect(() => {
    const wanted = focusWanted.current
    if (wanted === null) return
    focusWanted.current = null
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
    focusWanted.current = { row: from + by, selector }
    onChange(moved(elements, from, from + by))
  }

  return (
    <fieldset className="settings-group element-list">
      <legend>{title}</legend>
      <p className="soft small no-margin">{help}</p>
      {errors[path] !== undefined && <p className="field-error">{errors[path]}</p>}
      <div className="element-row element-heads" aria-hidden>
        <span>{WORDS.heads[0]}</span>
        <span>{WORDS.heads[1]}</span>
        <span>{WORDS.heads[2]}</span>
      </div>
      <ol ref={list}>
        {elements.map((element, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an element is known by its position while its name is typed
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
                focusWanted.current = { row: Math.min(index, elements.length - 2), selector: '[aria-label^="Remove"]' }
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
          focusWanted.current = { row: elements.length, selector: 'input' }
          onChange([...elements, { element: '', kind: 'text', text: '' }])
        }}
      >
        {WORDS.add}
      </Button>
    </fieldset>
  )
}
