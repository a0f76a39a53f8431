import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { ORDER_XML_PATHS, type OrderXmlPath, orderXmlName } from '../../src-shared/profiles/order-xml-elements'
import type { OrderXmlSettings, ProfileSettings, UblOrderSettings } from '../../src-shared/profiles/profiles'
import type { FieldErrors } from '../sync-settings/field-errors'
import { destinationText } from '../text/destination-text'
import { replaced, without } from './moving'

const WORDS = destinationText.tables

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
              aria-label={WORDS.nth(what, index + 1)}
              placeholder={placeholder}
              maxLength={60}
              spellCheck={false}
              value={row.name}
              error={fault}
              onChange={(event) => set(replaced(shown, index, { ...row, name: event.currentTarget.value }))}
            />
            <TextInput
              aria-label={WORDS.codeOf(what, index + 1)}
              placeholder={WORDS.code}
              maxLength={60}
              spellCheck={false}
              value={row.code}
              error={fault !== null}
              onChange={(event) => set(replaced(shown, index, { ...row, code: event.currentTarget.value }))}
            />
            <ActionIcon variant="default" size={30} aria-label={WORDS.remove(what, index + 1)} onClick={() => set(without(shown, index))}>
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
        {WORDS.add(what)}
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
      title={WORDS.units}
      help={WORDS.unitsHelp}
      row={WORDS.unit}
      placeholder={WORDS.unitInStore}
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

/** The accounting package's tax codes by rate. */
export function TaxCodes<S extends ProfileSettings>({ settings, errors, onChange }: TaxCodesProps<S>) {
  return (
    <CodeTable
      title={WORDS.taxes}
      help={WORDS.taxHelp[settings.profile]}
      row={WORDS.rate}
      placeholder={WORDS.perCent}
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
      <legend>{WORDS.elements}</legend>
      <p className="soft small no-margin">{WORDS.elementsHelp}</p>
      {renamed.map((path) => (
        <div className="companion" key={path}>
          <span className="path renamed-path">{path}</span>
          <TextInput
            aria-label={WORDS.nameOf(path)}
            spellCheck={false}
            maxLength={100}
            value={elementNames[path] ?? ''}
            error={errors[`settings.elementNames.${path}`] ?? null}
            onChange={(event) => rename(path, event.currentTarget.value)}
          />
          <ActionIcon variant="default" size={30} aria-label={WORDS.ownName(path)} onClick={() => rename(path, null)}>
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className="companion">
        <NativeSelect
          aria-label={WORDS.toRename}
          data={[
            { value: '', label: WORDS.toRename },
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
          {WORDS.rename}
        </Button>
      </div>
    </fieldset>
  )
}
