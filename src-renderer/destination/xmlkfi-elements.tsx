import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { AttacheXmlkfiSettings, LineElement } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { ElementList } from './element-list'

const WORDS = destinationText.xmlkfi

interface XmlkfiElementsProps {
  settings: AttacheXmlkfiSettings
  errors: FieldErrors
  onChange: (settings: AttacheXmlkfiSettings) => void
}

type HeaderElement = AttacheXmlkfiSettings['header'][number]

/** The header's elements carry no value of a line: its list offers none. */
function isHeaderElement(element: LineElement): element is HeaderElement {
  return element.kind === 'text' || !element.field.startsWith('line.')
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Which elements an XML KFI file has, in which order, and where their values come from. */
export function XmlkfiElements({ settings, errors, onChange }: XmlkfiElementsProps) {
  // What is typed, blanks and all, for as long as it says the same as the settings.
  const [own, setTyped] = useState(settings.serviceCodes.join('\n'))
  const typed = linesOf(own).join('\n') === settings.serviceCodes.join('\n') ? own : settings.serviceCodes.join('\n')
  const { chargesAs, freightAs, feeAs, discountAs } = settings
  const places = [freightAs, feeAs, discountAs].map((place) => (place === 'same' ? chargesAs : place))
  const hasServices = settings.serviceCodes.length > 0 || places.includes('serviceline')
  return (
    <>
      <ElementList
        title={WORDS.header}
        help={WORDS.headerHelp}
        path="settings.header"
        elements={settings.header}
        hasLine={false}
        errors={errors}
        onChange={(elements) => onChange({ ...settings, header: elements.filter(isHeaderElement) })}
      />
      <ElementList
        title={WORDS.product}
        help={WORDS.productHelp}
        path="settings.productLine"
        elements={settings.productLine}
        hasLine
        errors={errors}
        onChange={(productLine) => onChange({ ...settings, productLine })}
      />
      <fieldset className="settings-group">
        <legend>{WORDS.services}</legend>
        <Textarea
          label={WORDS.servicesLabel}
          description={WORDS.servicesHelp}
          spellCheck={false}
          autosize
          minRows={2}
          maxRows={10}
          value={typed}
          error={Object.entries(errors).find(([key]) => key.startsWith('settings.serviceCodes'))?.[1] ?? null}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            onChange({ ...settings, serviceCodes: linesOf(event.currentTarget.value) })
          }}
        />
      </fieldset>
      {hasServices && (
        <ElementList
          title={WORDS.service}
          help={WORDS.serviceHelp}
          path="settings.serviceLine"
          elements={settings.serviceLine}
          hasLine
          errors={errors}
          onChange={(serviceLine) => onChange({ ...settings, serviceLine })}
        />
      )}
      {places.includes('sundryline') && (
        <ElementList
          title={WORDS.charge}
          help={WORDS.chargeHelp}
          path="settings.chargeLine"
          elements={settings.chargeLine}
          hasLine
          errors={errors}
          onChange={(chargeLine) => onChange({ ...settings, chargeLine })}
        />
      )}
    </>
  )
}
