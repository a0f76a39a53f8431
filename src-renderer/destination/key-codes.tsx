import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { KEY_CODES, type KeyCode } from '../../src-shared/profiles'
import { without } from './moving'

interface KeyCodesProps {
  keys: readonly KeyCode[]
  error: string | null
  onChange: (keys: KeyCode[]) => void
}

/** The keys that a field presses, one after the other. */
export function KeyCodes({ keys, error, onChange }: KeyCodesProps) {
  return (
    <fieldset className="key-codes">
      <legend>Keys, in the order in which they are pressed</legend>
      <ol>
        {keys.map((key, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a key is known by its position
          <li key={index}>
            <button
              type="button"
              className="key-cap"
              aria-label={`Remove key ${index + 1}: ${key}`}
              title="Remove"
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
          <Button key={key} variant="default" size="compact-xs" aria-label={`Add key ${key}`} onClick={() => onChange([...keys, key])}>
            + {key}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}
