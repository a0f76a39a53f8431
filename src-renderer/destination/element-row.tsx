import { ActionIcon, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { LineElement } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { isDateField, isFreeText } from '../text/field-groups'
import { AdvancedSourceFields, DateFormatSelect, FixedTextInput, MaxLengthInput, SourceSelect, TooLongSelect } from './source-fields'

const text = destinationText.elements

function hasAdvancedOptions(element: LineElement): boolean {
  if (element.kind !== 'order') return false
  return element.part !== 1 || element.pad !== 'none' || (isDateField(element.field) && element.maxLength !== null)
}

interface ElementOptionsProps {
  element: LineElement
  name: string
  error: (key: string) => string | null
  onChange: (element: LineElement) => void
}

/** The main option of an element's value: the fixed text, the date format, or the maximum length. */
function ElementOptions({ element, name, error, onChange }: ElementOptionsProps) {
  if (element.kind === 'text') {
    return (
      <FixedTextInput
        aria-label={text.of(name, text.text)}
        field={element}
        error={error('text')}
        onChange={(next) => onChange({ ...element, text: next.text })}
      />
    )
  }
  if (isDateField(element.field)) {
    return (
      <DateFormatSelect
        aria-label={text.of(name, text.dateFormat)}
        field={element}
        onChange={(next) => onChange({ ...element, ...next })}
      />
    )
  }
  return (
    <div className="element-length">
      <MaxLengthInput
        aria-label={text.of(name, text.maxLength)}
        field={element}
        error={error('maxLength')}
        onChange={(next) => onChange({ ...element, ...next })}
      />
      {isFreeText(element.field) ? (
        <TooLongSelect
          aria-label={text.of(name, text.whenTooLong)}
          field={element}
          onChange={(next) => onChange({ ...element, ...next })}
        />
      ) : (
        <span className="soft small">{text.neverShortened}</span>
      )}
    </div>
  )
}

interface RowActionsProps {
  name: string
  isFirst: boolean
  isLast: boolean
  /** True if the element has advanced options. */
  hasMore: boolean
  isOpen: boolean
  onMove: (by: -1 | 1) => void
  onToggle: () => void
  onRemove: () => void
}

function RowActions({ name, isFirst, isLast, hasMore, isOpen, onMove, onToggle, onRemove }: RowActionsProps) {
  return (
    <div className="row-actions">
      <ActionIcon
        variant="default"
        size={30}
        disabled={isFirst}
        aria-label={text.moveUp(name)}
        title={text.moveUpHelp}
        onClick={() => onMove(-1)}
      >
        <IconArrowUp size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={30}
        disabled={isLast}
        aria-label={text.moveDown(name)}
        title={text.moveDownHelp}
        onClick={() => onMove(1)}
      >
        <IconArrowDown size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="default"
        size={30}
        disabled={!hasMore}
        aria-label={text.more(name)}
        aria-expanded={isOpen && hasMore}
        title={text.moreHelp}
        onClick={onToggle}
      >
        <IconDots size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" size={30} aria-label={text.remove(name)} title={text.removeHelp} onClick={onRemove}>
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </div>
  )
}

interface ElementRowProps {
  element: LineElement
  name: string
  /** The prefix of this element's keys in `errors`, e.g. `settings.header.0`. */
  path: string
  /** True if the element can contain values of an order line. */
  hasLineFields: boolean
  errors: FieldErrors
  isFirst: boolean
  isLast: boolean
  onChange: (element: LineElement) => void
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** A row of the element list: the element's name, the source of its value, and buttons to move and remove it. */
export function ElementRow({ element, name, path, hasLineFields, errors, isFirst, isLast, onChange, onMove, onRemove }: ElementRowProps) {
  const [isOpen, setOpen] = useState(hasAdvancedOptions(element))
  const error = (key: string) => errors[`${path}.${key}`] ?? null
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.ctrlKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard shortcuts do the same as the row's buttons
    <div className="element-row" onKeyDown={onKeyDown}>
      <TextInput
        aria-label={text.of(name, text.element)}
        spellCheck={false}
        maxLength={61}
        value={element.element}
        error={error('element')}
        onChange={(event) => onChange({ ...element, element: event.currentTarget.value })}
      />
      <SourceSelect
        aria-label={text.of(name, text.value)}
        field={element}
        hasLineFields={hasLineFields}
        hasKeyCodes={false}
        onChange={(source) => {
          if (source.kind !== 'keys') onChange({ element: element.element, ...source })
        }}
      />
      <ElementOptions element={element} name={name} error={error} onChange={onChange} />
      <RowActions
        name={name}
        isFirst={isFirst}
        isLast={isLast}
        hasMore={element.kind === 'order'}
        isOpen={isOpen}
        onMove={onMove}
        onToggle={() => setOpen(!isOpen)}
        onRemove={onRemove}
      />
      {isOpen && element.kind === 'order' && (
        <div className="element-more">
          {isDateField(element.field) && (
            <MaxLengthInput
              label={text.maxLengthLabel}
              field={element}
              error={error('maxLength')}
              onChange={(next) => onChange({ ...element, ...next })}
            />
          )}
          <AdvancedSourceFields field={element} errors={{ part: error('part') }} onChange={(next) => onChange({ ...element, ...next })} />
        </div>
      )}
    </div>
  )
}
