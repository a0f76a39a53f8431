import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { KEY_CODES, type KeyCode } from '../../src-shared/profiles/profiles'
import { destinationText } from '../text/destination-text'
import { without } from './moving'

const WORDS = destinationText.keys

interface KeyCodesProps {
  keys: readonly KeyCode[]
  error: string | null
  onChange: (keys: KeyCode[]) => void
}

/** The keys that a field presses, one after the other. */
export function KeyCodes({ keys, error, onChange }: KeyCodesProps) {
  return (
    <fieldset className="key-codes">
      <legend>{WORDS.legend}</legend>
      <ol>
        {keys.map((key, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a key is known by its position
          <li key={index}>
            <button
              type="button"
              className="key-cap"
              aria-label={WORDS.remove(index + 1, key)}
              title={WORDS.removeHelp}
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
          <Button key={key} variant="default" size="compact-xs" aria-label={WORDS.add(key)} onClick={() => onChange([...keys, key])}>
            {WORDS.plus(key)}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
