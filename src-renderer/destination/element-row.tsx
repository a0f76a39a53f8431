import { ActionIcon, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import type { LineElement } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { isDateField, isFreeText } from '../text/field-words'
import { DateFormatSelect, FixedTextInput, MaxLengthInput, RareSourceFields, SourceSelect, TooLongSelect } from './source-fields'

const WORDS = destinationText.elements

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

interface RowActionsProps {
  name: string
  isFirst: boolean
  isLast: boolean
  /** True where there is more to say about the element. */
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
        disabled={!hasMore}
        aria-label={WORDS.more(name)}
        aria-expanded={isOpen && hasMore}
        title={WORDS.moreHelp}
        onClick={onToggle}
      >
        <IconDots size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon variant="default" size={30} aria-label={WORDS.remove(name)} title={WORDS.removeHelp} onClick={onRemove}>
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
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

/** One element: its name, where its value comes from, and the buttons that move and remove it. */
export function ElementRow({ element, name, path, hasLine, errors, isFirst, isLast, onChange, onMove, onRemove }: ElementRowProps) {
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
