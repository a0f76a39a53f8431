import type { AttacheXmlkfiSettings, LineElement } from '../../src-shared/profiles'
import type { FieldErrors } from './destination-draft'
import { ElementList } from './element-list'

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

/** Which elements an XML KFI file has, in which order, and where their values come from. */
export function XmlkfiElements({ settings, errors, onChange }: XmlkfiElementsProps) {
  return (
    <>
      <ElementList
        title="Header"
        help="Once per order, in the order of the screen. An element without a value is left out, so that Attaché keeps its default."
        path="settings.header"
        elements={settings.header}
        hasLine={false}
        errors={errors}
        onChange={(elements) => onChange({ ...settings, header: elements.filter(isHeaderElement) })}
      />
      <ElementList
        title="Product line"
        help="Once per line of the order."
        path="settings.productLine"
        elements={settings.productLine}
        hasLine
        errors={errors}
        onChange={(productLine) => onChange({ ...settings, productLine })}
      />
      {settings.chargesAs !== 'leave-out' && (
        <ElementList
          title="Charge line"
          help="Once per freight, fee or discount. Which elements Attaché takes here is our assumption: check it with a test order."
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
