import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { ORDER_XML_PATHS, type OrderXmlPath, orderXmlName } from '../../src-shared/profiles/order-xml-elements'
import type { OrderXmlSettings, ProfileSettings, UblOrderSettings } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { replaced, without } from './list-edits'

const text = destinationText.tables

interface NameRow {
  name: string
  code: string
}

function toRows(codes: Readonly<Record<string, string>>): NameRow[] {
  return Object.entries(codes).map(([name, code]) => ({ name, code }))
}

function toCodes(rows: readonly NameRow[]): Record<string, string> {
  return Object.fromEntries(rows.filter((row) => row.name.trim() !== '').map((row) => [row.name.trim().toLowerCase(), row.code]))
}

interface CodeTableProps {
  title: string
  help: string
  /** The label of a row, e.g. `Unit`. */
  rowLabel: string
  placeholder: string
  /** The prefix of this table's keys in `errors`, e.g. `settings.unitCodes`. */
  path: string
  codes: Readonly<Record<string, string>>
  errors: FieldErrors
  onChange: (codes: Record<string, string>) => void
}

/** An editable table of names and their codes. */
function CodeTable({ title, help, rowLabel, placeholder, path, codes, errors, onChange }: CodeTableProps) {
  // Rows without a name exist only in this state. The settings contain only rows with a name.
  const [rows, setRows] = useState(() => toRows(codes))
  const isInSync = JSON.stringify(toRows(toCodes(rows))) === JSON.stringify(toRows(codes))
  const shown = isInSync ? rows : toRows(codes)
  const update = (next: NameRow[]) => {
    setRows(next)
    onChange(toCodes(next))
  }
  return (
    <fieldset className="settings-group">
      <legend>{title}</legend>
      <p className="soft small no-margin">{help}</p>
      {shown.map((row, index) => {
        const error = errors[`${path}.${row.name.trim().toLowerCase()}`] ?? null
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity other than their position while they are edited
          <div className="companion" key={index}>
            <TextInput
              aria-label={text.nth(rowLabel, index + 1)}
              placeholder={placeholder}
              maxLength={60}
              spellCheck={false}
              value={row.name}
              error={error}
              onChange={(event) => update(replaced(shown, index, { ...row, name: event.currentTarget.value }))}
            />
            <TextInput
              aria-label={text.codeOf(rowLabel, index + 1)}
              placeholder={text.code}
              maxLength={60}
              spellCheck={false}
              value={row.code}
              error={error !== null}
              onChange={(event) => update(replaced(shown, index, { ...row, code: event.currentTarget.value }))}
            />
            <ActionIcon
              variant="default"
              size={30}
              aria-label={text.remove(rowLabel, index + 1)}
              onClick={() => update(without(shown, index))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        )
      })}
      <Button
        className="start"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => update([...shown, { name: '', code: '' }])}
      >
        {text.add(rowLabel)}
      </Button>
    </fieldset>
  )
}

interface UnitCodesProps {
  settings: UblOrderSettings
  errors: FieldErrors
  onChange: (settings: UblOrderSettings) => void
}

/** An editable table of the store's unit names and their unit codes. */
export function UnitCodes({ settings, errors, onChange }: UnitCodesProps) {
  return (
    <CodeTable
      title={text.units}
      help={text.unitsHelp}
      rowLabel={text.unit}
      placeholder={text.unitInStore}
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

/** An editable table of the accounting package's tax codes by rate. */
export function TaxCodes<S extends ProfileSettings>({ settings, errors, onChange }: TaxCodesProps<S>) {
  return (
    <CodeTable
      title={text.taxes}
      help={text.taxHelp[settings.profile]}
      rowLabel={text.rate}
      placeholder={text.perCent}
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

/** The editor that renames elements of order XML. */
export function ElementNames({ settings, errors, onChange }: ElementNamesProps) {
  const { elementNames } = settings
  const [chosen, setChosen] = useState<OrderXmlPath | ''>('')
  const renamed = ORDER_XML_PATHS.filter((path) => elementNames[path] !== undefined)
  const rename = (path: OrderXmlPath, name: string | null) => {
    const { [path]: _previous, ...rest } = elementNames
    onChange({ ...settings, elementNames: name === null ? rest : { ...rest, [path]: name } })
  }
  return (
    <fieldset className="settings-group">
      <legend>{text.elements}</legend>
      <p className="soft small no-margin">{text.elementsHelp}</p>
      {renamed.map((path) => (
        <div className="companion" key={path}>
          <span className="path renamed-path">{path}</span>
          <TextInput
            aria-label={text.nameOf(path)}
            spellCheck={false}
            maxLength={100}
            value={elementNames[path] ?? ''}
            error={errors[`settings.elementNames.${path}`] ?? null}
            onChange={(event) => rename(path, event.currentTarget.value)}
          />
          <ActionIcon variant="default" size={30} aria-label={text.restoreName(path)} onClick={() => rename(path, null)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className="companion">
        <NativeSelect
          aria-label={text.toRename}
          data={[
            { value: '', label: text.toRename },
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
          {text.rename}
        </Button>
      </div>
    </fieldset>
  )
}
