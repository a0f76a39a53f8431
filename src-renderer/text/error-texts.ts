import type { CodeOf, FailureCode } from '../../src-shared/failure'

/** Codes that an order or a destination can show. */
export type ShownCode = CodeOf<'exporting' | 'folders' | 'deliveries' | 'store'>

/** The sync errors that Help explains: every code that an order or a destination can show, grouped by what to do about it. */
export const ERROR_TEXTS = [
  {
    codes: ['customer-code-missing', 'customer-unknown', 'customer-ambiguous'],
    title: 'The customer code is missing, unknown or ambiguous',
    meaning:
      'The order does not say which customer in the accounting package it belongs to, or that customer is not on the package’s list.',
    remedy: 'Open the order and click Assign a Code, or click Edit and enter the customer’s code. Then set the order to Pending.',
  },
  {
    codes: ['product-code-missing', 'product-unknown', 'charge-code-missing', 'charge-amount-missing', 'code-missing', 'code-twice'],
    title: 'A product or charge has no valid code',
    meaning:
      'A line of the order has no product code, or the product is not on the accounting package’s list. Freight, fees and discounts need codes too.',
    remedy:
      'Open the order and click Assign a Code, or click Edit and correct the code. Codes for freight, fees and discounts are in the destination’s settings.',
  },
  {
    codes: ['code-too-long', 'text-too-long', 'code-unsafe', 'code-unmappable', 'character-unmappable'],
    title: 'A code or text is not valid',
    meaning: 'It is longer than the accounting package allows, or contains a character that cannot be written to the file.',
    remedy: 'Click Edit and shorten or correct it. For a code, enter the one that the accounting package uses.',
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
    title: 'An amount, tax, quantity or currency is not valid',
    meaning: 'The amounts do not add up, or the accounting package cannot accept one of them. Ledgerdrop never guesses amounts.',
    remedy:
      'Correct the order in the store and export it again from there. Or enter it in the accounting package manually and click Mark as Imported.',
  },
  {
    codes: ['date-invalid', 'order-number-missing', 'not-writable'],
    title: 'The date or the order number cannot be written',
    meaning: 'The store sent an invalid date, or an order without a number.',
    remedy: 'Correct the order in the store and export it again from there.',
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
    title: 'The drop folder is unreachable or not writable',
    meaning:
      'The network drive or the other computer is offline, the folder was moved, or Ledgerdrop has no permission to write to it. The orders wait. No orders are lost.',
    remedy: 'Connect the drive, or correct the folder in Orders > Sync Settings. The next sync sends the waiting orders automatically.',
  },
  {
    codes: ['disk-full', 'file-held', 'name-taken', 'archive-unusable'],
    title: 'The file could not be written',
    meaning: 'The disk is full, or another program has the file open.',
    remedy: 'Free up disk space, or close the other program. Ledgerdrop retries automatically.',
  },
  {
    codes: ['rejected-by-package'],
    title: 'The accounting package rejected the order',
    meaning: 'The file arrived, but the package answered that it did not import it. The full answer is shown under Deliveries.',
    remedy: 'Fix the problem that the answer describes, in the accounting package or with Edit. Then set the order to Pending.',
  },
  {
    codes: ['file-unreadable'],
    title: 'An order file cannot be read',
    meaning: 'Another program has the file open, or Ledgerdrop has no permission to read it. The file stays where it is. Nothing is lost.',
    remedy:
      'Close the other program, or give the account that runs Ledgerdrop permission to read the file. Ledgerdrop then reads it automatically.',
  },
  {
    codes: ['entered-twice'],
    title: 'The order may be in the accounting package twice',
    meaning: 'The accounting package accepted two files for this order.',
    remedy: 'Check the accounting package. If the order is there twice, delete one of the two. Then click Mark as Imported.',
  },
  {
    codes: ['not-picked-up'],
    title: 'The file was not picked up',
    meaning: 'The file has been in the drop folder for too long. The accounting package may be closed, or its import may be switched off.',
    remedy: 'Open the accounting package and start its import. Do not send the order again while its file is still in the folder.',
  },
  {
    codes: ['needs-review', 'writing-crashed', 'order-not-sent', 'order-ambiguous', 'no-order-named', 'sent-elsewhere'],
    title: 'It is not known whether the order arrived',
    meaning:
      'The file disappeared without an answer, an answer does not match any order, or the computer stopped while the file was being written.',
    remedy: 'Check whether the order is in the accounting package. If it is, click Mark as Imported. If not, click Send Again.',
  },
  {
    codes: ['sent-before-restore'],
    title: 'The order may have been sent before a backup was restored',
    meaning: 'A backup was restored. It does not show what happened to this order after the backup was made.',
    remedy: 'Check whether the order is in the accounting package. If it is, click Mark as Imported. If not, set the order to Pending.',
  },
  {
    codes: ['looks-like-another'],
    title: 'The order may be a duplicate',
    meaning:
      'An earlier order has the same number, the same total, and the same customer or date. The two orders came from different sources, or one of them has no ID.',
    remedy: 'Compare the two orders. If they are the same, set the second one to Cancelled. If they are different, set it to Pending.',
  },
  {
    codes: ['placed-earlier'],
    title: 'The order was placed before the store was connected',
    meaning: 'It became ready to send only after the store was connected, so it may already be in the accounting package.',
    remedy: 'Check whether the order is in the accounting package. If it is, click Mark as Imported. If not, set the order to Pending.',
  },
  {
    codes: ['changed-after-sending', 'cancelled-after-sending', 'cancelled-in-store', 'reinstated-in-store', 'removed-from-store'],
    title: 'The store changed or cancelled the order',
    meaning: 'The order had already been sent, or a person had set its status, so Ledgerdrop did not apply the change.',
    remedy: 'Compare the order with the store. If necessary, correct or cancel it in the accounting package. Then dismiss the problem.',
  },
  {
    codes: ['id-of-another-order'],
    title: 'Two orders have the same ID',
    meaning: 'Two stores put their files into the same folder, or a store was reinstalled and its IDs start again from 1.',
    remedy: 'Give each store its own folder and source in Orders > Sync Settings. Then move the rejected file to the folder of its source.',
  },
] as const satisfies readonly { codes: readonly FailureCode[]; title: string; meaning: string; remedy: string }[]
