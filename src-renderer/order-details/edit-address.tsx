import { Button, TextInput } from '@mantine/core'
import type { Address } from '../../src-shared/order'
import { orderDetailsText } from '../text/order-details-text'

const text = orderDetailsText.edit
const ADDRESS_FIELDS = Object.keys(text.addressFields) as (keyof Address)[]

interface EditAddressProps {
  title: string
  address: Address
  onChange: (address: Address) => void
  /** Copies the other address into this one; omitted if there is none to copy. */
  onCopy?: () => void
}

/** The input fields of an address. */
export function EditAddress({ title, address, onChange, onCopy }: EditAddressProps) {
  return (
    <fieldset className="edit-address">
      <legend>{title}</legend>
      {ADDRESS_FIELDS.map((field) => (
        <TextInput
          key={field}
          label={text.addressFields[field]}
          aria-label={text.fieldOf(title, text.addressFields[field])}
          data-part={field}
          maxLength={200}
          value={address[field]}
          onChange={(event) => onChange({ ...address, [field]: event.currentTarget.value })}
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
