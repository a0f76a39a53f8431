import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { CodeFolders as Folders } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { goTo } from '../navigation/navigation'
import { saveCodeFolders } from '../sync-settings/sync-settings-store'
import { codesText } from '../text/codes-text'
import { FolderField } from '../widgets/folder-field'
import { FailureNotice } from '../widgets/notice'
import { notifyDone } from '../widgets/notify'
import { TableHead } from '../widgets/table-head'

const text = codesText.folders

/** The form for the folders of the accounting package's code lists, with help about the file format. */
export function CodeFoldersForm({ folders }: { folders: Folders }) {
  const [customers, setCustomers] = useState(folders.customers ?? '')
  const [products, setProducts] = useState(folders.products ?? '')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isSaving, setSaving] = useState(false)
  useEffect(() => {
    setCustomers(folders.customers ?? '')
    setProducts(folders.products ?? '')
  }, [folders.customers, folders.products])
  const next: Folders = { customers: customers.trim() || null, products: products.trim() || null }
  const isDirty = next.customers !== folders.customers || next.products !== folders.products

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setSaving(true)
    const error = await saveCodeFolders(next)
    setSaving(false)
    setFailure(error)
    if (error === null) notifyDone(text.saved)
  }

  return (
    <section className="card" aria-labelledby="code-folders">
      <h2 id="code-folders">{text.title}</h2>
      <form className="code-folders" onSubmit={submit} noValidate aria-label={text.title}>
        <FolderField label={text.customers} description={text.customersHelp} value={customers} error={null} onChange={setCustomers} />
        <FolderField label={text.products} description={text.productsHelp} value={products} error={null} onChange={setProducts} />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" loading={isSaving} disabled={!isDirty}>
            {text.save}
          </Button>
          <Button variant="default" onClick={() => goTo({ screen: 'sync-status' })}>
            {text.openStatus}
          </Button>
        </div>
      </form>
      <details className="code-help">
        <summary>{text.helpTitle}</summary>
        <p>{text.help}</p>
        <table className="plain-table">
          <TableHead columns={text.columns} />
          <tbody>
            {text.rows.map((cells) => (
              <tr key={cells[0]}>
                {cells.map((cell) => (
                  <td key={cell}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="soft no-margin">{text.several}</p>
      </details>
    </section>
  )
}
