import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { ORDER_XML_PATHS, type OrderXmlPath, orderXmlName } from '../../src-shared/order-xml-elements'
import type { OrderXmlSettings, ProfileName, ProfileSettings, UblOrderSettings } from '../../src-shared/profiles'
import type { FieldErrors } from './destination-draft'
import { replaced, without } from './moving'

interface NameRow {
  name: string
  code: string
}

function rowsOf(codes: Readonly<Record<string, string>>): NameRow[] {
  return Object.entries(codes).map(([name, code]) => ({ name, code }))
}

function codesOf(rows: readonly NameRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => row.name.trim() !== '').map((row) => [row.name.trim().toLowerCase(), row.code]))
}

interface CodeTableProps {
  title: string
  help: string
  /** What a row is called, e.g. `unit`. */
  row: string
  placeholder: string
  /** Where its errors are found, e.g. `settings.unitCodes`. */
  path: string
  codes: Readonly<Record<string, string>>
  errors: FieldErrors
  onChange: (codes: Record<string, string>) => void
}

/** Names and the codes that stand for them. */
function CodeTable({ title, help, row: what, placeholder, path, codes, errors, onChange }: CodeTableProps) {
  // A row is typed before it has a name; the settings hold the rows that have one.
  const [rows, setRows] = useState(() => rowsOf(codes))
  const isOwn = JSON.stringify(rowsOf(codesOf(rows))) === JSON.stringify(rowsOf(codes))
  const shown = isOwn ? rows : rowsOf(codes)
  const set = (next: NameRow[]) => {
    setRows(next)
    onChange(codesOf(next))
  }
  return (
    <fieldset className="settings-group">
      <legend>{title}</legend>
      <p className="soft small no-margin">{help}</p>
      {shown.map((row, index) => {
        const fault = errors[`${path}.${row.name.trim().toLowerCase()}`] ?? null
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its position while it is typed
          <div className="companion" key={index}>
            <TextInput
              aria-label={`${what} ${index + 1}`}
              placeholder={placeholder}
              maxLength={60}
              spellCheck={false}
              value={row.name}
              error={fault}
              onChange={(event) => set(replaced(shown, index, { ...row, name: event.currentTarget.value }))}
            />
            <TextInput
              aria-label={`${what} ${index + 1}: code`}
              placeholder="code"
              maxLength={60}
              spellCheck={false}
              value={row.code}
              error={fault !== null}
              onChange={(event) => set(replaced(shown, index, { ...row, code: event.currentTarget.value }))}
            />
            <ActionIcon variant="default" size={30} aria-label={`Remove ${what} ${index + 1}`} onClick={() => set(without(shown, index))}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        )
      })}
      <Button
        className="start"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => set([...shown, { name: '', code: '' }])}
      >
        Add {what.toLowerCase()}
      </Button>
    </fieldset>
  )
}

interface UnitCodesProps {
  settings: UblOrderSettings
  errors: FieldErrors
  onChange: (settings: UblOrderSettings) => void
}

/** The store's own unit names and their codes. */
export function UnitCodes({ settings, errors, onChange }: UnitCodesProps) {
  return (
    <CodeTable
      title="Unit codes"
      help="What the store calls a unit and its code of UN/ECE Recommendation 20, beside the common ones, e.g. tray and XTR."
      row="Unit"
      placeholder="unit in the store"
      path="settings.unitCodes"
      codes={settings.unitCodes}
      errors={errors}
      onChange={(unitCodes) => onChange({ ...settings, unitCodes })}
    />
  )
}

interface TaxCodesProps<S extends ProfileSettings> {
  settings: S
  errors: FieldErrors
  onChange: (settings: S) => void
}

const TAX_HELP = "The tax in per cent and the accounting package's code for it, e.g. 10 and GST."
const REFUSED = 'an order taxed at another rate is refused.'
const TAX_CODE_HELP: Readonly<Record<ProfileName, string>> = {
  'attache-xmlkfi': `${TAX_HELP} Where a field takes the tax code, ${REFUSED}`,
  'attache-kfi': `${TAX_HELP} Where a field takes the tax code, ${REFUSED}`,
  'order-xml': `${TAX_HELP} Each line and charge then carries taxCode, and ${REFUSED} None here: no taxCode is written.`,
  'ubl-order': `The tax in per cent and its category, e.g. 0 and E. With any here, ${REFUSED} None: S, and Z where the rate is zero.`,
}

/** The accounting package's tax codes by rate. */
export function TaxCodes<S extends ProfileSettings>({ settings, errors, onChange }: TaxCodesProps<S>) {
  return (
    <CodeTable
      title="Tax codes"
      help={TAX_CODE_HELP[settings.profile]}
      row="Rate"
      placeholder="per cent"
      path="settings.taxCodes"
      codes={settings.taxCodes}
      errors={errors}
      onChange={(taxCodes) => onChange({ ...settings, taxCodes })}
    />
  )
}

interface ElementNamesProps {
  settings: OrderXmlSettings
  errors: FieldErrors
  onChange: (settings: OrderXmlSettings) => void
}

/** The site's own names of elements of order XML. */
export function ElementNames({ settings, errors, onChange }: ElementNamesProps) {
  const { elementNames } = settings
  const [chosen, setChosen] = useState<OrderXmlPath | ''>('')
  const renamed = ORDER_XML_PATHS.filter((path) => elementNames[path] !== undefined)
  const rename = (path: OrderXmlPath, name: string | null) => {
    const { [path]: _before, ...rest } = elementNames
    onChange({ ...settings, elementNames: name === null ? rest : { ...rest, [path]: name } })
  }
  return (
    <fieldset className="settings-group">
      <legend>Element names</legend>
      <p className="soft small no-margin">
        Elements keep the names of order-xml.xsd unless your package expects others. A file with renamed elements no longer fits the schema.
      </p>
      {renamed.map((path) => (
        <div className="companion" key={path}>
          <span className="path renamed-path">{path}</span>
          <TextInput
            aria-label={`Name of ${path}`}
            spellCheck={false}
            maxLength={100}
            value={elementNames[path] ?? ''}
            error={errors[`settings.elementNames.${path}`] ?? null}
            onChange={(event) => rename(path, event.currentTarget.value)}
          />
          <ActionIcon variant="default" size={30} aria-label={`Own name for ${path} again`} onClick={() => rename(path, null)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className="companion">
        <NativeSelect
          aria-label="Element to rename"
          data={[
            { value: '', label: 'Element to rename' },
            ...ORDER_XML_PATHS.filter((path) => elementNames[path] === undefined).map((path) => ({ value: path, label: path })),
          ]}
          value={chosen}
          onChange={(event) => setChosen(ORDER_XML_PATHS.find((path) => path === event.currentTarget.value) ?? '')}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden />}
          disabled={chosen === ''}
          onClick={() => {
            if (chosen !== '') rename(chosen, orderXmlName(chosen, {}))
            setChosen('')
          }}
        >
          Rename
        </Button>
      </div>
    </fieldset>
  )
}
