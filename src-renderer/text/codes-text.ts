import type { CodeKind } from '../../src-shared/contract/contract'
import { counted, LOCALE } from './dates'

const CUSTOMER_ALIASES =
  "The identifiers that your stores use for this customer, one per line: an email address, or “id:” followed by the customer's ID in the store, e.g. id:52. Each belongs to one code only. If an identifier already belongs to another code, it is moved to this one."
const PRODUCT_ALIASES =
  'The SKUs that your stores use for this product, one per line. Each belongs to one code only. If a SKU already belongs to another code, it is moved to this one.'

/** The texts of Sync Settings > Codes and of the dialog that assigns a code to a customer or product of a store. */
export const codesText = {
  title: 'Sync Settings: Codes',
  heading: 'Accounting package codes',
  intro:
    "If an order has no customer code, Ledgerdrop looks up the code by the customer's email address or by their ID in the store. Product codes are looked up by SKU.",
  kinds: { label: 'Code type', customer: 'Customers', product: 'Products' },
  add: 'Add Code',
  waiting: 'Loading codes',
  search: {
    label: 'Search codes',
    placeholder: { customer: 'Code, name, email or id:…', product: 'Code, name or SKU' } satisfies Record<CodeKind, string>,
    clear: 'Clear search',
  },
  none: {
    searched: 'No matching codes. The search matches the start of codes, names and aliases.',
    atAll: (kind: CodeKind) =>
      `No ${kind} codes yet. Import them as CSV files from the accounting package (see below), or add them here. You don't need any if your orders already contain the codes.`,
  },
  table: {
    label: { customer: 'Customer codes', product: 'Product codes' } satisfies Record<CodeKind, string>,
    code: 'Code',
    name: 'Name',
    aliases: { customer: 'Customer Emails and IDs in Store', product: 'Store SKUs' } satisfies Record<CodeKind, string>,
    actions: 'Actions',
    noAliases: 'none',
    moreAliases: (count: number) => `and ${count} more`,
    notListed: 'not on the list',
    notListedHelp: "This code is not on the accounting package's latest list. To keep using it, edit and save it.",
    byHand: 'entered manually',
    byHandHelp: 'A person entered this code here. Ledgerdrop keeps it until you remove it, even if it is not on the list.',
    edit: 'Edit',
    editOne: (code: string) => `Edit ${code}`,
    remove: 'Remove',
    removeOne: (code: string) => `Remove ${code}`,
  },
  pages: {
    all: (total: number) => counted(total, 'code'),
    some: (first: number, last: number, total: number) =>
      `${first.toLocaleString(LOCALE)} to ${last.toLocaleString(LOCALE)} of ${counted(total, 'code')}`,
    previous: 'Previous',
    next: 'Next',
  },
  removed: {
    message: (code: string) => `${code} removed. Existing orders keep their codes. New orders no longer get this code automatically.`,
    undo: 'Undo',
    undone: (code: string) => `${code} restored.`,
  },
  dialog: {
    addTitle: (kind: CodeKind) => (kind === 'customer' ? 'Add Customer Code' : 'Add Product Code'),
    editTitle: (code: string) => `Edit ${code}`,
    code: 'Code',
    codeHelp: 'Exactly as in the accounting package.',
    renameHelp:
      "If you change the code, its aliases stay with it. If the old code is still on the accounting package's list, it reappears when the next list is imported.",
    notListedHelp: 'This code is no longer on the list. If you save it, Ledgerdrop keeps it as a manually entered code.',
    name: 'Name',
    aliases: 'Also known as',
    aliasesHelp: { customer: CUSTOMER_ALIASES, product: PRODUCT_ALIASES } satisfies Record<CodeKind, string>,
    codeMissing: 'Enter a code.',
    codeTaken: (code: string) => `${code} already exists. Edit it in the list.`,
    cancel: 'Cancel',
    save: 'Save',
    saved: (code: string) => `${code} saved.`,
  },
  use: {
    title: { customer: 'Assign a Customer Code', product: 'Assign a Product Code' } satisfies Record<CodeKind, string>,
    before: { customer: 'Orders from ', product: 'Lines with the SKU ' } satisfies Record<CodeKind, string>,
    after: {
      customer: ' that have no customer code get this code when they are written. This includes the current order.',
      product: ' get this product code when they are written. This includes the current order.',
    } satisfies Record<CodeKind, string>,
    code: { customer: 'Customer code', product: 'Product code' } satisfies Record<CodeKind, string>,
    codeHelp: 'Exactly as in the accounting package.',
    cancel: 'Cancel',
    use: 'Assign Code',
    used: (alias: string, code: string) => `Code ${code} assigned to ${alias}.`,
  },
  folders: {
    title: 'Lists from the accounting package',
    customers: 'Customers folder',
    customersHelp: 'The Read Customers task imports the CSV files that arrive here. Leave blank if there are none.',
    products: 'Products folder',
    productsHelp: 'The Read Products task imports the CSV files that arrive here. Leave blank if there are none.',
    save: 'Save Folders',
    saved: 'Folders saved. The Read Customers and Read Products tasks now use them.',
    openStatus: 'Open Sync Status',
    helpTitle: 'CSV file format',
    help: 'The first row contains the headings, and each row after it contains one code. Columns are separated by commas, semicolons or tabs. The encoding is UTF-8 or Windows-1252. Each file must contain the complete list: codes that are missing from it are kept but marked “not on the list”. Codes that people entered here do not change.',
    columns: ['Column', 'Accepted Headings: Customers', 'Accepted Headings: Products'],
    rows: [
      [
        'Code (required)',
        'code, customer code, customer, account, account code',
        'code, product code, product, item, item code, stock code',
      ],
      ['Name', 'name, customer name, company, account name', 'name, description, product name, product description'],
      ['Also known as', 'email, email address; store id, store customer id', 'sku, store sku, barcode'],
    ],
    several: 'Separate several emails, IDs or SKUs in one cell with ; or |. Other columns are ignored.',
  },
}
