import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { KEY_CODES, type KeyCode } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'
import { without } from './list-edits'

const text = destinationText.keys

interface KeyCodesProps {
  keys: readonly KeyCode[]
  error: string | null
  onChange: (keys: KeyCode[]) => void
}

/** The editable sequence of key presses that a field sends. */
export function KeyCodes({ keys, error, onChange }: KeyCodesProps) {
  return (
    <fieldset className="key-codes">
      <legend>{text.legend}</legend>
      <ol>
        {keys.map((key, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: keys have no identity other than their position
          <li key={index}>
            <button
              type="button"
              className="key-cap"
              aria-label={text.remove(index + 1, key)}
              title={text.removeHelp}
              onClick={() => onChange(without(keys, index))}
            >
              {key}
              <IconX size={12} aria-hidden />
            </button>
          </li>
        ))}
      </ol>
      {error !== null && <p className="field-error">{error}</p>}
      <div className="key-choices">
        {KEY_CODES.map((key) => (
          <Button key={key} variant="default" size="compact-xs" aria-label={text.add(key)} onClick={() => onChange([...keys, key])}>
            {text.plus(key)}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
