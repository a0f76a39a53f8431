import { counted } from './dates'

/** What Help and Log a Ticket say. */
export const helpText = {
  ticket: {
    title: 'Log a Ticket',
    whatHappened: 'What happened?',
    whatHappenedHint: 'What you did, what you expected, and what you saw instead. When did it begin?',
    orderNumber: 'Order number',
    orderNumberHint: 'Leave it empty where the ticket is not about one order.',
    contents: 'The support file will hold',
    parts: [
      'what you wrote above',
      'the ends of the log files',
      'the settings, without passwords',
      'versions of Ledgerdrop and of this computer’s system',
      'whether the folders can be reached, the latest runs, and how many orders stand where',
    ],
    orderParts: ['the order with its timeline and deliveries', 'the document that it came from and the files that were sent'],
    withPersonal: 'Include personal data',
    maskedHint: 'Names, addresses, e-mails, phone numbers and comments are masked: letters become x, digits become 9.',
    withPersonalHint: 'Names, addresses, e-mails and phone numbers go in as they are. Tick this only where your support needs them.',
    cancel: 'Cancel',
    save: 'Save Support File',
    saved: 'The support file is saved.',
    isMasked: 'Personal data is masked. It holds no passwords.',
    hasPersonal: 'It holds personal data, because you ticked it. It holds no passwords.',
    inside: (count: number) => `${counted(count, 'file')} inside`,
    bytes: (count: string) => `${count} bytes`,
    attach: 'Now write to your support and attach the file. Nothing is sent by itself.',
    close: 'Close',
    show: 'Show in Folder',
    writeMail: 'Write E-mail',
    subject: 'Ledgerdrop: ticket',
    subjectOf: (number: string) => `Ledgerdrop: order ${number}`,
    mail: (words: string, fileName: string) => `${words.trim()}\n\nPlease find attached: ${fileName}\n`,
  },
} as const
