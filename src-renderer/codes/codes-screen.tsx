import { Button, CloseButton, SegmentedControl, TextInput } from '@mantine/core'
import { IconPencil, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { CodeKind, CodeRow } from '../../src-shared/contract/contract'
import { useLoadedSyncSettings } from '../sync-settings/sync-settings-store'
import { SyncSettingsTabs } from '../sync-settings/sync-settings-tabs'
import { codesText } from '../text/codes-text'
import { ExternalText } from '../widgets/external-text'
import { notifyDone, notifyFailure } from '../widgets/notify'
import { notifyWithUndo } from '../widgets/notify-with-undo'
import { Screen } from '../widgets/screen'
import { CodeDialog } from './code-dialog'
import { CodeFoldersForm } from './code-folders'
import {
  codesBefore,
  loadCodes,
  removeCode,
  restoreCode,
  searchCodes,
  showKind,
  showNextPage,
  showPreviousPage,
  useCodes,
} from './codes-store'
import './codes.css'
import { useCan } from '../session/can'
import { LoadState } from '../widgets/load-state'
import { TableHead } from '../widgets/table-head'

const { table, pages } = codesText
const SEARCH_DELAY_MS = 200
const MAX_ALIASES_SHOWN = 6

const KINDS: readonly { value: CodeKind; label: string }[] = [
  { value: 'customer', label: codesText.kinds.customer },
  { value: 'product', label: codesText.kinds.product },
]

function SearchField({ kind }: { kind: CodeKind }) {
  const currentSearch = useCodes((state) => state.search)
  const [text, setText] = useState(currentSearch)
  useEffect(() => setText(currentSearch), [currentSearch])
  useEffect(() => {
    if (text === currentSearch) return
    const timer = setTimeout(() => searchCodes(text), SEARCH_DELAY_MS)
    return () => clearTimeout(timer)
  }, [text, currentSearch])
  return (
    <TextInput
      className="code-search"
      label={codesText.search.label}
      placeholder={codesText.search.placeholder[kind]}
      maxLength={200}
      value={text}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={text === '' ? null : <CloseButton size="sm" aria-label={codesText.search.clear} onClick={() => searchCodes('')} />}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}

function Aliases({ aliases }: { aliases: readonly string[] }) {
  if (aliases.length === 0) return <span className="soft">{table.noAliases}</span>
  const rest = aliases.length - MAX_ALIASES_SHOWN
  return (
    <ul className="alias-list">
      {aliases.slice(0, MAX_ALIASES_SHOWN).map((alias) => (
        <li key={alias} className="pill">
          <ExternalText text={alias} lines="1" />
        </li>
      ))}
      {rest > 0 && <li className="soft">{table.moreAliases(rest)}</li>}
    </ul>
  )
}

/** The code that is being edited; `new` for a new code, null for none. */
type Edited = CodeRow | 'new' | null

/** Removes a code immediately, and shows a notification with an Undo button. */
async function remove(kind: CodeKind, row: CodeRow): Promise<void> {
  const removed = await removeCode(kind, row.code)
  if (!removed.ok) {
    notifyFailure(removed.error)
    return
  }
  notifyWithUndo(codesText.removed.message(row.code), codesText.removed.undo, async () => {
    const restored = await restoreCode(kind, removed.value)
    if (restored.ok) notifyDone(codesText.removed.undone(row.code))
    else notifyFailure(restored.error)
  })
}

/** A label for a code that was entered by hand or is not on the accounting package's list; nothing for other codes. */
function CodeOrigin({ row }: { row: CodeRow }) {
  if (row.isListed && !row.isByHand) return null
  return (
    <span className="soft small code-unlisted" title={row.isListed ? table.byHandHelp : table.notListedHelp}>
      {row.isListed ? table.byHand : table.notListed}
    </span>
  )
}

interface CodesTableProps {
  rows: readonly CodeRow[]
  onEdit: (row: CodeRow) => void
  onRemove: (row: CodeRow) => void
}

function CodesTable({ rows, onEdit, onRemove }: CodesTableProps) {
  const canChange = useCan('codes.save')
  const kind = useCodes((state) => state.kind)
  const isLoading = useCodes((state) => state.isLoading)
  return (
    <div className="table-scroll">
      <table className="plain-table codes-table" aria-label={table.label[kind]} aria-busy={isLoading}>
        <TableHead columns={[table.code, table.name, table.aliases[kind]]} actions={table.actions} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <td className="code-cell">
                <ExternalText text={row.code} />
                <CodeOrigin row={row} />
              </td>
              <td>
                <ExternalText text={row.name} lines="many" />
              </td>
              <td>
                <Aliases aliases={row.aliases} />
              </td>
              <td className="code-actions">
                {canChange && (
                  <>
                    <Button
                      variant="default"
                      size="compact-sm"
                      leftSection={<IconPencil size={14} aria-hidden />}
                      aria-label={table.editOne(row.code)}
                      onClick={() => onEdit(row)}
                    >
                      {table.edit}
                    </Button>
                    <Button
                      variant="default"
                      size="compact-sm"
                      leftSection={<IconTrash size={14} aria-hidden />}
                      aria-label={table.removeOne(row.code)}
                      onClick={() => onRemove(row)}
                    >
                      {table.remove}
                    </Button>
                  </>
                )}
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
        {total <= count ? pages.all(total) : pages.some(first + 1, first + count, total)}
      </span>
      {(first > 0 || hasNext) && (
        <>
          <Button variant="default" disabled={first === 0 || isLoading} onClick={showPreviousPage}>
            {pages.previous}
          </Button>
          <Button variant="default" disabled={!hasNext || isLoading} onClick={showNextPage}>
            {pages.next}
          </Button>
        </>
      )}
    </div>
  )
}

function NoCodes({ kind, hasSearch }: { kind: CodeKind; hasSearch: boolean }) {
  return <p className="soft">{hasSearch ? codesText.none.searched : codesText.none.atAll(kind)}</p>
}

/** The Orders > Sync Settings > Codes screen. */
export function CodesScreen() {
  const kind = useCodes((state) => state.kind)
  const rows = useCodes((state) => state.rows)
  const hasSearch = useCodes((state) => state.search !== '')
  const failure = useCodes((state) => state.failure)
  const folders = useLoadedSyncSettings().settings?.codeFolders
  const [edited, setEdited] = useState<Edited>(null)
  const canChange = useCan('codes.save')
  const canChooseFolders = useCan('settings.saveCodeFolders')
  useEffect(() => void loadCodes(), [])
  return (
    <Screen title={codesText.title}>
      <SyncSettingsTabs />
      <section className="card" aria-labelledby="codes">
        <h2 id="codes">{codesText.heading}</h2>
        <p className="soft no-margin">{codesText.intro}</p>
        <div className="code-tools">
          <SegmentedControl
            aria-label={codesText.kinds.label}
            data={[...KINDS]}
            value={kind}
            onChange={(value) => showKind(value === 'product' ? 'product' : 'customer')}
          />
          <SearchField kind={kind} />
          {canChange && (
            <Button variant="default" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setEdited('new')}>
              {codesText.add}
            </Button>
          )}
        </div>
        <LoadState message={codesText.waiting} isLoaded={rows !== null} failure={failure} onRetry={loadCodes} />
        {rows?.length === 0 && <NoCodes kind={kind} hasSearch={hasSearch} />}
        {rows !== null && rows.length > 0 && (
          <>
            <CodesTable rows={rows} onEdit={setEdited} onRemove={(row) => remove(kind, row)} />
            <Pages count={rows.length} />
          </>
        )}
      </section>
      {folders !== undefined && canChooseFolders && <CodeFoldersForm folders={folders} />}
      {edited !== null && <CodeDialog kind={kind} row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Screen>
  )
}
