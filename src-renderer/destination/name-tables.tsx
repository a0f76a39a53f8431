import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { ORDER_XML_PATHS, type OrderXmlPath, orderXmlName } from '../../src-shared/order-xml-elements'
import type { OrderXmlSettings, UblOrderSettings } from '../../src-shared/profiles'
import type { FieldErrors } from './destination-draft'
import { replaced, without } from './moving'

interface UnitRow {
  unit: string
  code: string
}

function rowsOf(codes: Readonly<Record<string, string>>): UnitRow[] {
  return Object.entries(codes).map(([unit, code]) => ({ unit, code }))
}

function codesOf(rows: readonly UnitRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => row.unit.trim() !== '').map((row) => [row.unit.trim().toLowerCase(), row.code]))
}

interface UnitCodesProps {
  settings: UblOrderSettings
  errors: FieldErrors
  onChange: (settings: UblOrderSettings) => void
}

/** The store's own unit names and their codes. */
export function UnitCodes({ settings, errors, onChange }: UnitCodesProps) {
  // A row is typed before it has a name; the settings hold the rows that have one.
  const [rows, setRows] = useState(() => rowsOf(settings.unitCodes))
  const isOwn = JSON.stringify(codesOf(rows)) === JSON.stringify(settings.unitCodes)
  const shown = isOwn ? rows : rowsOf(settings.unitCodes)
  const set = (next: UnitRow[]) => {
    setRows(next)
    onChange({ ...settings, unitCodes: codesOf(next) })
  }
  return (
    <fieldset className="settings-group">
      <legend>Unit codes</legend>
      <p className="soft small no-margin">
        What the store calls a unit and its code of UN/ECE Recommendation 20, beside the common ones, e.g. tray and XTR.
      </p>
      {shown.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its position while it is typed
        <div className="companion" key={index}>
          <TextInput
            aria-label={`Unit ${index + 1}`}
            placeholder="unit in the store"
            maxLength={60}
            spellCheck={false}
            value={row.unit}
            onChange={(event) => set(replaced(shown, index, { ...row, unit: event.currentTarget.value }))}
          />
          <TextInput
            aria-label={`Unit ${index + 1}: code`}
            placeholder="code"
            maxLength={3}
            spellCheck={false}
            value={row.code}
            error={errors[`settings.unitCodes.${row.unit.trim().toLowerCase()}`] === undefined ? null : 'Two or three letters or digits.'}
            onChange={(event) => set(replaced(shown, index, { ...row, code: event.currentTarget.value.toUpperCase() }))}
          />
          <ActionIcon variant="default" size={30} aria-label={`Remove unit ${index + 1}`} onClick={() => set(without(shown, index))}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        className="start"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => set([...shown, { unit: '', code: '' }])}
      >
        Add unit
      </Button>
    </fieldset>
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
