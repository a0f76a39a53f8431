import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { AttacheXmlkfiSettings, LineElement } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { ElementList } from './element-list'

const text = destinationText.xmlkfi

interface XmlkfiElementsProps {
  settings: AttacheXmlkfiSettings
  errors: FieldErrors
  onChange: (settings: AttacheXmlkfiSettings) => void
}

type HeaderElement = AttacheXmlkfiSettings['header'][number]

/** True if the element is allowed in the header, which cannot contain order line values. */
function isHeaderElement(element: LineElement): element is HeaderElement {
  return element.kind === 'text' || !element.field.startsWith('line.')
}

function splitLines(value: string): string[] {
  return value
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** The editor for the elements of an XML KFI file: their sequence and the sources of their values. */
export function XmlkfiElements({ settings, errors, onChange }: XmlkfiElementsProps) {
  // The text as the user typed it, including spaces. It is shown only while it is equivalent to the settings.
  const [typedCodes, setTypedCodes] = useState(settings.serviceCodes.join('\n'))
  const shownCodes = splitLines(typedCodes).join('\n') === settings.serviceCodes.join('\n') ? typedCodes : settings.serviceCodes.join('\n')
  const { chargesAs, freightAs, feeAs, discountAs } = settings
  const chargeLineKinds = [freightAs, feeAs, discountAs].map((kind) => (kind === 'same' ? chargesAs : kind))
  const hasServices = settings.serviceCodes.length > 0 || chargeLineKinds.includes('serviceline')
  return (
    <>
      <ElementList
        title={text.header}
        help={text.headerHelp}
        path="settings.header"
        elements={settings.header}
        hasLineFields={false}
        errors={errors}
        onChange={(elements) => onChange({ ...settings, header: elements.filter(isHeaderElement) })}
      />
      <ElementList
        title={text.product}
        help={text.productHelp}
        path="settings.productLine"
        elements={settings.productLine}
        hasLineFields
        errors={errors}
        onChange={(productLine) => onChange({ ...settings, productLine })}
      />
      <fieldset className="settings-group">
        <legend>{text.services}</legend>
        <Textarea
          label={text.servicesLabel}
          description={text.servicesHelp}
          spellCheck={false}
          autosize
          minRows={2}
          maxRows={10}
          value={shownCodes}
          error={Object.entries(errors).find(([key]) => key.startsWith('settings.serviceCodes'))?.[1] ?? null}
          onChange={(event) => {
            setTypedCodes(event.currentTarget.value)
            onChange({ ...settings, serviceCodes: splitLines(event.currentTarget.value) })
          }}
        />
      </fieldset>
      {hasServices && (
        <ElementList
          title={text.service}
          help={text.serviceHelp}
          path="settings.serviceLine"
          elements={settings.serviceLine}
          hasLineFields
          errors={errors}
          onChange={(serviceLine) => onChange({ ...settings, serviceLine })}
        />
      )}
      {chargeLineKinds.includes('sundryline') && (
        <ElementList
          title={text.charge}
          help={text.chargeHelp}
          path="settings.chargeLine"
          elements={settings.chargeLine}
          hasLineFields
          errors={errors}
          onChange={(chargeLine) => onChange({ ...settings, chargeLine })}
        />
      )}
    </>
  )
}
