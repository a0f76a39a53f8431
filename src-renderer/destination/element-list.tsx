import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconPlus, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { LineElement } from '../../src-shared/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { isDateField, isFreeText } from '../text/field-words'
import { moved, replaced, without } from './moving'
import { DateFormatSelect, FixedTextInput, MaxLengthInput, RareSourceFields, SourceSelect, TooLongSelect } from './source-fields'

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

function isRare(element: LineElement): boolean {
  if (element.kind !== 'order') return false
  return element.part !== 1 || element.pad !== 'none' || (isDateField(element.field) && element.maxLength !== null)
}

interface ElementOptionsProps {
  element: LineElement
  name: string
  error: (key: string) => string | null
  onChange: (element: LineElement) => void
}

/** What there is to say about a value, most often: the text itself, the format of a date, the length of the others. */
function ElementOptions({ element, name, error, onChange }: ElementOptionsProps) {
  if (element.kind === 'text') {
    return (
      <FixedTextInput
        aria-label={WORDS.of(name, WORDS.text)}
        field={element}
        error={error('text')}
        onChange={(next) => onChange({ ...element, text: next.text })}
      />
    )
  }
  if (isDateField(element.field)) {
    return (
      <DateFormatSelect
        aria-label={WORDS.of(name, WORDS.dateFormat)}
        field={element}
        onChange={(next) => onChange({ ...element, ...next })}
      />
    )
  }
  return (
    <div className="element-length">
      <MaxLengthInput
        aria-label={WORDS.of(name, WORDS.longest)}
        field={element}
        error={error('maxLength')}
        onChange={(next) => onChange({ ...element, ...next })}
      />
      {isFreeText(element.field) ? (
        <TooLongSelect
          aria-label={WORDS.of(name, WORDS.whenLonger)}
          field={element}
          onChange={(next) => onChange({ ...element, ...next })}
        />
      ) : (
        <span className="soft small">{WORDS.neverCut}</span>
      )}
    </div>
  )
}

interface ElementRowProps {
  element: LineElement
  name: string
  path: string
  hasLine: boolean
  errors: FieldErrors
  isFirst: boolean
  isLast: boolean
  onChange: (element: LineElement) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

function ElementRow({ element, name, path, hasLine, errors, isFirst, isLast, onChange, onMove, onRemove }: ElementRowProps) {
  const [isOpen, setOpen] = useState(isRare(element))
  const error = (key: string) => errors[`${path}.${key}`] ?? null
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys repeat what the row's buttons do
    <div className="element-row" onKeyDown={onKeyDown}>
      <TextInput
        aria-label={WORDS.of(name, WORDS.element)}
        spellCheck={false}
        maxLength={61}
        value={element.element}
        error={error('element')}
        onChange={(event) => onChange({ ...element, element: event.currentTarget.value })}
      />
      <SourceSelect
        aria-label={WORDS.of(name, WORDS.value)}
        field={element}
        hasLine={hasLine}
        hasKeys={false}
        onChange={(source) => {
          if (source.kind !== 'keys') onChange({ element: element.element, ...source })
        }}
      />
      <ElementOptions element={element} name={name} error={error} onChange={onChange} />
      <div className="row-actions">
        <ActionIcon
          variant="default"
          size={30}
          disabled={isFirst}
          aria-label={WORDS.moveUp(name)}
          title={WORDS.moveUpHelp}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={15} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={30}
          disabled={isLast}
          aria-label={WORDS.moveDown(name)}
          title={WORDS.moveDownHelp}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={15} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="default"
          size={30}
          disabled={element.kind !== 'order'}
          aria-label={WORDS.more(name)}
          aria-expanded={isOpen && element.kind === 'order'}
          title={WORDS.moreHelp}
          onClick={() => setOpen(!isOpen)}
        >
          <IconDots size={15} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size={30} aria-label={WORDS.remove(name)} title={WORDS.removeHelp} onClick={onRemove}>
          <IconTrash size={15} aria-hidden />
        </ActionIcon>
      </div>
      {isOpen && element.kind === 'order' && (
        <div className="element-more">
          {isDateField(element.field) && (
            <MaxLengthInput
              label={WORDS.longestLabel}
              field={element}
              error={error('maxLength')}
              onChange={(next) => onChange({ ...element, ...next })}
            />
          )}
          <RareSourceFields field={element} errors={{ part: error('part') }} onChange={(next) => onChange({ ...element, ...next })} />
        </div>
      )}
    </div>
  )
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
    const selector =
      active.endsWith(' up') || active.endsWith(' down') ? `[aria-label$="${by === -1 ? ' up' : ' down'}"]:not(:disabled)` : 'input'
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
