import type { CodeOf, FailureCode } from '../../src-shared/failure'

/** Codes that an order or a destination can show. */
export type ShownCode = CodeOf<'exporting' | 'folders' | 'deliveries' | 'store'>

/** What the sync errors mean, for Help: every code that an order or a destination can show, by what has to be done. */
export const ERROR_TEXTS = [
  {
    codes: ['customer-code-missing', 'customer-unknown', 'customer-ambiguous'],
    title: 'The customer code is missing, not known, or not clear',
    means: 'The store does not say which customer of the accounting package ordered, or the package’s list has no such customer.',
    toDo: 'Choose “Use a Code From Now On” in the order, or click Edit and enter the customer’s code. Then set the order to Pending.',
  },
  {
    codes: ['product-code-missing', 'product-unknown', 'charge-code-missing', 'charge-amount-missing', 'code-missing', 'code-twice'],
    title: 'A product or charge has no code that the accounting package knows',
    means:
      'A line of the order has no product code, or the package’s list has no such product. Freight, fees and discounts need codes too.',
    toDo: 'Correct the line’s code with Edit, or choose “Use a Code From Now On”. Codes of charges stand in the destination’s settings.',
  },
  {
    codes: ['code-too-long', 'text-too-long', 'code-unsafe', 'code-unmappable', 'character-unmappable'],
    title: 'A code or text does not fit',
    means: 'It is longer than the accounting package takes, or has a character that cannot be written to its file.',
    toDo: 'Click Edit and shorten or correct it. For a code, take the one that the accounting package uses.',
  },
  {
    codes: [
      'total-differs',
      'tax-unknown',
      'amount-invalid',
      'price-invalid',
      'quantity-invalid',
      'quantity-not-positive',
      'currency-invalid',
      'currency-differs',
      'no-lines',
    ],
    title: 'Amounts, taxes, quantities or the currency do not work out',
    means: 'The order does not add up, or has an amount that the accounting package cannot take. Ledgerdrop does not guess with money.',
    toDo: 'Correct the order in the store and let it be sent again, or enter it in the accounting package by hand and choose Mark as Imported.',
  },
  {
    codes: ['date-invalid', 'order-number-missing', 'not-writable'],
    title: 'The date or the order number cannot be written',
    means: 'The store sent a date that is none, or an order without a number.',
    toDo: 'Correct the order in the store and let it be sent again.',
  },
  {
    codes: [
      'folder-unreachable',
      'folder-read-only',
      'folder-not-a-folder',
      'folder-changed',
      'other-volume',
      'path-too-long',
      'staging-is-a-link',
      'folder-is-a-link',
    ],
    title: 'The drop folder cannot be reached or written to',
    means:
      'The network drive or the other computer is away, the folder was moved, or Ledgerdrop may not write there. Orders wait; none is lost.',
    toDo: 'Connect the drive, or correct the folder in Orders > Sync Settings. Waiting orders go out by themselves at the next sync.',
  },
  {
    codes: ['disk-full', 'file-held', 'name-taken', 'archive-unusable'],
    title: 'The file could not be written',
    means: 'The disk is full, or another program holds the file.',
    toDo: 'Make room on the disk, or close the other program. It is tried again by itself.',
  },
  {
    codes: ['rejected-by-package'],
    title: 'The accounting package rejected the order',
    means: 'The file arrived, and the package answered that it did not import it. Its own words stand under Deliveries.',
    toDo: 'Mend what the answer names, in the accounting package or with Edit. Then set the order to Pending.',
  },
  {
    codes: ['file-unreadable'],
    title: 'An order file cannot be read',
    means: 'Another program has the file open, or Ledgerdrop is not allowed to read it. The file stays where it is; nothing is lost.',
    toDo: 'Close the program that has it open, or give the account that Ledgerdrop runs under the right to read it. It is then read by itself.',
  },
  {
    codes: ['entered-twice'],
    title: 'The order may be in the accounting package twice',
    means: 'The accounting package accepted two files for this order.',
    toDo: 'Look for the order in the accounting package. If it is there twice, delete one of the two. Then choose Mark as Imported.',
  },
  {
    codes: ['not-picked-up'],
    title: 'Nobody picked the file up',
    means: 'The file lies in the drop folder longer than it should. The accounting package may be closed, or its import is switched off.',
    toDo: 'Open the accounting package and start its import. Do not send the order again while its file still lies there.',
  },
  {
    codes: ['needs-review', 'writing-crashed', 'order-not-sent', 'order-ambiguous', 'no-order-named', 'sent-elsewhere'],
    title: 'It is not known whether the order arrived',
    means: 'The file is gone without an answer, an answer fits no order, or the computer stopped in the middle.',
    toDo: 'Look for the order in the accounting package. If it is there, choose Mark as Imported; if not, choose Send Again.',
  },
  {
    codes: ['sent-before-restore'],
    title: 'The order may have been sent before a backup was restored',
    means: 'A backup was restored that does not know what became of this order since.',
    toDo: 'Look for the order in the accounting package. If it is there, choose Mark as Imported; if not, set it to Pending.',
  },
  {
    codes: ['looks-like-another'],
    title: 'The order looks like another one',
    means: 'An order with the same number, total, and customer or date came in before, through another source or without an id.',
    toDo: 'Compare the two orders. If they are the same, set the second to Cancelled. If they are different orders, set it to Pending.',
  },
  {
    codes: ['changed-after-sending', 'cancelled-after-sending', 'cancelled-in-store', 'reinstated-in-store'],
    title: 'The store changed or cancelled the order',
    means: 'The order was sent before, or a person had set its status, so the change was not taken over.',
    toDo: 'Compare the order with the store, correct or cancel it in the accounting package if need be, and dismiss the problem.',
  },
  {
    codes: ['id-of-another-order'],
    title: 'Two orders have one id',
    means: 'Two shops put their files into one folder, or a shop was set up again and counts from 1 again.',
    toDo: 'Give each shop its own folder and source in Orders > Sync Settings, and put the rejected file into the folder of its source.',
  },
] as const satisfies readonly { codes: readonly FailureCode[]; title: string; means: string; toDo: string }[]
