import type { CodeKind } from '../../src-shared/contract/contract'
import { counted, LOCALE } from './dates'

const CUSTOMER_ALIASES =
  "What your stores call this customer, one on each line: an e-mail address, or id: and the store's customer number, such as id:52. Each belongs to one code: it is taken from another that had it."
const PRODUCT_ALIASES =
  'What your stores call this product (SKU), one on each line. Each belongs to one code: it is taken from another that had it.'

/** Words of Sync Settings > Codes and of the dialog that gives a store's customer or product its code. */
export const codesText = {
  title: 'Sync Settings: Codes',
  heading: 'Codes of the accounting package',
  intro:
    'An order without a customer code gets the one that its store id or e-mail stands for; a product gets the code that its SKU stands for.',
  kinds: { label: 'Which codes', customer: 'Customers', product: 'Products' },
  add: 'Add code',
  waiting: 'Reading the codes',
  search: {
    label: 'Search codes',
    placeholder: { customer: 'Code, name, e-mail or id:…', product: 'Code, name or SKU' } satisfies Record<CodeKind, string>,
    clear: 'Clear the text',
  },
  none: {
    searched: 'No code, name or alias begins like this.',
    atAll: (kind: CodeKind) =>
      `No ${kind} codes yet. They come in as CSV files from the accounting package (see below), or are added here. Orders that name their codes themselves need none.`,
  },
  table: {
    label: { customer: 'Customer codes', product: 'Product codes' } satisfies Record<CodeKind, string>,
    code: 'Code',
    name: 'Name',
    aliases: { customer: 'Store e-mails and ids', product: 'Store SKUs' } satisfies Record<CodeKind, string>,
    actions: 'Actions',
    noAliases: 'none',
    moreAliases: (count: number) => `and ${count} more`,
    notListed: 'not in the list',
    notListedHelp: "The accounting package's last list no longer has this code. Edit and save it to use it all the same.",
    byHand: 'entered by hand',
    byHandHelp: 'A person entered this code here. It stays known even where a list lacks it, until you remove it.',
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
    message: (code: string) => `${code} removed. Orders keep the codes that they have; new orders no longer find this one by themselves.`,
    undo: 'Undo',
    undone: (code: string) => `${code} is back.`,
  },
  dialog: {
    addTitle: (kind: CodeKind) => `Add a ${kind} code`,
    editTitle: (code: string) => `Edit ${code}`,
    code: 'Code',
    codeHelp: 'Exactly as the accounting package has it.',
    renameHelp:
      "Another code here renames this one, with all that it is known as. Where the accounting package's list still has the old code, it comes back with the next list.",
    notListedHelp: 'The list no longer has this code. Saving it keeps it known, as entered by hand.',
    name: 'Name',
    aliases: 'Also known as',
    aliasesHelp: { customer: CUSTOMER_ALIASES, product: PRODUCT_ALIASES } satisfies Record<CodeKind, string>,
    codeMissing: 'Give the code.',
    codeTaken: (code: string) => `${code} is there already: edit it in the list.`,
    cancel: 'Cancel',
    save: 'Save',
    saved: (code: string) => `${code} saved.`,
  },
  use: {
    title: { customer: 'Use a customer code from now on', product: 'Use a product code from now on' } satisfies Record<CodeKind, string>,
    before: { customer: 'Orders of ', product: 'Lines with the SKU ' } satisfies Record<CodeKind, string>,
    after: {
      customer: ' that name no customer code get this one when they are written, this order too.',
      product: ' get this product code when they are written, in this order too.',
    } satisfies Record<CodeKind, string>,
    code: { customer: 'Customer code', product: 'Product code' } satisfies Record<CodeKind, string>,
    codeHelp: 'As the accounting package has it.',
    cancel: 'Cancel',
    use: 'Use From Now On',
    used: (alias: string, code: string) => `From now on ${alias} is ${code}.`,
  },
  folders: {
    title: 'Lists from the accounting package',
    customers: 'Customers folder',
    customersHelp: 'CSV files that arrive here are read by Read Customers. Empty: none are read.',
    products: 'Products folder',
    productsHelp: 'CSV files that arrive here are read by Read Products. Empty: none are read.',
    save: 'Save Folders',
    saved: 'The folders are saved. Read Customers and Read Products look there from now on.',
    openStatus: 'Open Sync Status',
    helpTitle: 'What the CSV files look like',
    help: 'The first row has the headings, each further row a code. Commas, semicolons or tabs part the columns; UTF-8 or Windows-1252. A file is the whole list: codes that it no longer has stay, marked “not in the list”; what people entered here stays as it is.',
    columns: ['Column', 'Customers: headings understood', 'Products: headings understood'],
    rows: [
      ['Code (needed)', 'code, customer code, customer, account, account code', 'code, product code, product, item, item code, stock code'],
      ['Name', 'name, customer name, company, account name', 'name, description, product name, product description'],
      ['Also known as', 'email, email address; store id, store customer id', 'sku, store sku, barcode'],
    ],
    several: 'Several e-mails, ids or SKUs in one cell are parted by ; or |. Other columns are passed over.',
  },
}
