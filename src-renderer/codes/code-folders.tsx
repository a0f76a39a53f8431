import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import type { CodeFolders as Folders } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { goTo } from '../shell/navigation'
import { tellDone } from '../shell/tell'
import { saveCodeFolders } from '../sync-settings/sync-settings-store'
import { FolderField } from '../widgets/folder-field'
import { FailureNotice } from '../widgets/notice'

/** Where the accounting package's lists come in, and what they look like. */
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
    const refusal = await saveCodeFolders(next)
    setSaving(false)
    setFailure(refusal)
    if (refusal === null) tellDone('The folders are saved. Read Customers and Read Products look there from now on.')
  }

  return (
    <section className="card" aria-labelledby="code-folders">
      <h2 id="code-folders">Lists from the accounting package</h2>
      <form className="code-folders" onSubmit={submit} noValidate aria-label="Lists from the accounting package">
        <FolderField
          label="Customers folder"
          description="CSV files that arrive here are read by Read Customers. Empty: none are read."
          value={customers}
          error={null}
          onChange={setCustomers}
        />
        <FolderField
          label="Products folder"
          description="CSV files that arrive here are read by Read Products. Empty: none are read."
          value={products}
          error={null}
          onChange={setProducts}
        />
        {failure !== null && <FailureNotice failure={failure} />}
        <div className="form-actions">
          <Button type="submit" loading={isSaving} disabled={!isDirty}>
            Save Folders
          </Button>
          <Button variant="default" onClick={() => goTo({ screen: 'sync-status' })}>
            Open Sync Status
          </Button>
        </div>
      </form>
      <details className="code-help">
        <summary>What the CSV files look like</summary>
        <p>
          The first row has the headings, each further row a code. Commas, semicolons or tabs part the columns; UTF-8 or Windows-1252. A
          file is the whole list: codes that it no longer has stay, marked “not in the list”.
        </p>
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Customers: headings understood</th>
              <th scope="col">Products: headings understood</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>Code (needed)</td>
              <td>code, customer code, customer, account, account code</td>
              <td>code, product code, product, item, item code, stock code</td>
            </tr>
            <tr>
              <td>Name</td>
              <td>name, customer name, company, account name</td>
              <td>name, description, product name, product description</td>
            </tr>
            <tr>
              <td>Also known as</td>
              <td>email, email address; store id, store customer id</td>
              <td>sku, store sku, barcode</td>
            </tr>
          </tbody>
        </table>
        <p className="soft no-margin">Several e-mails, ids or SKUs in one cell are parted by ; or |. Other columns are passed over.</p>
      </details>
    </section>
  )
}
