import { Button, TextInput } from '@mantine/core'
import type { Address } from '../../src-shared/order'
import { orderDetailsText } from '../text/order-details-text'

const text = orderDetailsText.edit
const PARTS = Object.keys(text.parts) as (keyof Address)[]

interface EditAddressProps {
  title: string
  address: Address
  onChange: (address: Address) => void
  /** Takes the other address over; left out where that makes no sense. */
  onCopy?: () => void
}

/** The parts of one address. */
export function EditAddress({ title, address, onChange, onCopy }: EditAddressProps) {
  return (
    <fieldset className="edit-address">
      <legend>{title}</legend>
      {PARTS.map((part) => (
        <TextInput
          key={part}
          label={text.parts[part]}
          aria-label={text.partOf(title, text.parts[part])}
          data-part={part}
          maxLength={200}
          value={address[part]}
          onChange={(event) => onChange({ ...address, [part]: event.currentTarget.value })}
        />
      ))}
      {onCopy !== undefined && (
        <Button variant="default" className="edit-copy" onClick={onCopy}>
          {text.sameAsBillTo}
        </Button>
      )}
    </fieldset>
  )
}
