import { Button, CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { CodeKind, CodeRow } from '../../src-shared/contract'
import { loadSyncSettings, useSyncSettings } from '../sync-settings/sync-settings-store'
import { SyncSettingsTabs } from '../sync-settings/sync-settings-tabs'
import { counted, LOCALE } from '../text/dates'
import { FailureNotice } from '../widgets/notice'
import { OutsideText } from '../widgets/outside-text'
import { Screen } from '../widgets/screen'
import { Waiting } from '../widgets/waiting'
import { CodeDialog, RemoveCodeDialog } from './code-dialog'
import { CodeFoldersForm } from './code-folders'
import { codesBefore, loadCodes, removeCode, searchCodes, showKind, showNextPage, showPreviousPage, useCodes } from './codes-store'
import './codes.css'

const SEARCH_AFTER_MS = 200
const MOST_ALIASES_SHOWN = 6

const KINDS: readonly { value: CodeKind; label: string }[] = [
  { value: 'customer', label: 'Customers' },
  { value: 'product', label: 'Products' },
]

function SearchField({ kind }: { kind: CodeKind }) {
  const asked = useCodes((state) => state.search)
  const [text, setText] = useState(asked)
  useEffect(() => setText(asked), [asked])
  useEffect(() => {
    if (text === asked) return
    const timer = setTimeout(() => searchCodes(text), SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, asked])
  return (
    <TextInput
      className="code-search"
      label="Search codes"
      placeholder={kind === 'customer' ? 'Code, name, e-mail or id:…' : 'Code, name or SKU'}
      maxLength={200}
      value={text}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text === '' ? null : <CloseButton size="sm" aria-label="Clear the text" onClick={() => searchCodes('')} />}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}

function Aliases({ aliases }: { aliases: readonly string[] }) {
  if (aliases.length === 0) return <span className="soft">none</span>
  const rest = aliases.length - MOST_ALIASES_SHOWN
  return (
    <ul className="alias-list">
      {aliases.slice(0, MOST_ALIASES_SHOWN).map((alias) => (
        <li key={alias} className="pill">
          <OutsideText text={alias} lines="1" />
        </li>
      ))}
      {rest > 0 && <li className="soft">and {rest} more</li>}
    </ul>
  )
}

/** What is done to a code, or to a new one. */
type Doing = { what: 'add' } | { what: 'edit' | 'remove'; row: CodeRow } | null

function CodesTable({ rows, onDo }: { rows: readonly CodeRow[]; onDo: (doing: Doing) => void }) {
  const kind = useCodes((state) => state.kind)
  const isLoading = useCodes((state) => state.isLoading)
  return (
    <div className="table-scroll">
      <table
        className="plain-table codes-table"
        aria-label={kind === 'customer' ? 'Customer codes' : 'Product codes'}
        aria-busy={isLoading}
      >
        <thead>
          <tr>
            <th scope="col">Code</th>
            <th scope="col">Name</th>
            <th scope="col">{kind === 'customer' ? 'Store e-mails and ids' : 'Store SKUs'}</th>
            <th scope="col">
              <span className="hidden-words">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td className="code-cell">
                <OutsideText text={row.code} />
                {!row.isListed && (
                  <span className="soft small code-unlisted" title="The accounting package's last list no longer has this code.">
                    not in the list
                  </span>
                )}
              </td>
              <td>
                <OutsideText text={row.name} lines="many" />
              </td>
              <td>
                <Aliases aliases={row.aliases} />
              </td>
              <td className="code-actions">
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconPencil size={14} aria-hidden />}
                  aria-label={`Edit ${row.code}`}
                  onClick={() => onDo({ what: 'edit', row })}
                >
                  Edit
                </Button>
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconTrash size={14} aria-hidden />}
                  aria-label={`Remove ${row.code}`}
                  onClick={() => onDo({ what: 'remove', row })}
                >
                  Remove
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Pages({ count }: { count: number }) {
  const first = useCodes(codesBefore)
  const total = useCodes((state) => state.total)
  const hasNext = useCodes((state) => state.next !== null)
  const isLoading = useCodes((state) => state.isLoading)
  return (
    <div className="code-pages">
      <span className="soft" role="status">
        {total <= count
          ? counted(total, 'code')
          : `${(first + 1).toLocaleString(LOCALE)} to ${(first + count).toLocaleString(LOCALE)} of ${counted(total, 'code')}`}
      </span>
      {(first > 0 || hasNext) && (
        <>
          <Button variant="default" disabled={first === 0 || isLoading} onClick={showPreviousPage}>
            Previous
          </Button>
          <Button variant="default" disabled={!hasNext || isLoading} onClick={showNextPage}>
            Next
          </Button>
        </>
      )}
    </div>
  )
}

function NoCodes({ kind, isSearched }: { kind: CodeKind; isSearched: boolean }) {
  if (isSearched) return <p className="soft">No code, name or alias begins like this.</p>
  return (
    <p className="soft">
      No {kind} codes yet. They come in as CSV files from the accounting package (see below), or are added here. Orders that name their
      codes themselves need none.
    </p>
  )
}

/** Orders > Sync Settings > Codes. */
export function CodesScreen() {
  const kind = useCodes((state) => state.kind)
  const rows = useCodes((state) => state.rows)
  const isSearched = useCodes((state) => state.search !== '')
  const failure = useCodes((state) => state.failure)
  const folders = useSyncSettings((state) => state.settings?.codeFolders)
  const [doing, setDoing] = useState<Doing>(null)
  useEffect(() => {
    void loadCodes()
    if (useSyncSettings.getState().settings === null) void loadSyncSettings()
  }, [])
  return (
    <Screen title="Sync Settings: Codes">
      <SyncSettingsTabs />
      <section className="card" aria-labelledby="codes">
        <h2 id="codes">Codes of the accounting package</h2>
        <p className="soft no-margin">
          An order without a customer code gets the one that its store id or e-mail stands for; a product gets the code that its SKU stands
          for.
        </p>
        <div className="code-tools">
          <SegmentedControl
            aria-label="Which codes"
            data={[...KINDS]}
            value={kind}
            onChange={(value) => showKind(value === 'product' ? 'product' : 'customer')}
          />
          <SearchField kind={kind} />
          <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setDoing({ what: 'add' })}>
            Add code
          </Button>
        </div>
        {failure !== null && (
          <FailureNotice
            failure={failure}
            actions={
              <Button variant="default" onClick={loadCodes}>
                Retry
              </Button>
            }
          />
        )}
        {rows === null && failure === null && <Waiting what="Reading the codes" onRetry={loadCodes} />}
        {rows?.length === 0 && <NoCodes kind={kind} isSearched={isSearched} />}
        {rows !== null && rows.length > 0 && (
          <>
            <CodesTable rows={rows} onDo={setDoing} />
            <Pages count={rows.length} />
          </>
        )}
      </section>
      {folders !== undefined && <CodeFoldersForm folders={folders} />}
      {doing?.what === 'add' && <CodeDialog kind={kind} row={null} onClose={() => setDoing(null)} />}
      {doing?.what === 'edit' && <CodeDialog kind={kind} row={doing.row} onClose={() => setDoing(null)} />}
      {doing?.what === 'remove' && (
        <RemoveCodeDialog kind={kind} row={doing.row} onRemove={() => removeCode(kind, doing.row.code)} onClose={() => setDoing(null)} />
      )}
    </Screen>
  )
}
