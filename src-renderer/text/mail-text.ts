import type { MailSecurity, MailSettings } from '../../src-shared/mail'

const SECURITIES: Readonly<Record<MailSecurity, string>> = {
  STARTTLS: 'STARTTLS (usual)',
  TLS: 'TLS',
  none: 'none: everybody in between can read it',
}
const PASSWORDS: Readonly<Record<MailSettings['password'], string>> = {
  'not needed': 'Never shown again.',
  kept: 'One is kept on this computer. Leave blank to go on with it.',
  'until quit': 'One is kept in memory until Ledgerdrop quits. Leave blank to go on with it.',
  missing: 'It has to be entered before mail can be sent.',
}

/** What Settings > E-mail says, by component. */
export const mailText = {
  title: 'E-mail',
  templatesTitle: 'E-mail Templates',
  reading: 'Reading the e-mail settings',
  server: {
    form: 'Mail server',
    host: 'Mail server',
    hostHint: 'As your mail provider names it for sending (SMTP).',
    security: 'Security',
    securityHint: "The server's certificate is always checked.",
    securities: SECURITIES,
    port: 'Port',
    portHint: 'Usual: 587, 465, 25.',
    user: 'User',
    userHint: 'Blank where the server asks for none.',
    password: 'Password',
    passwords: PASSWORDS,
    showPassword: 'Show the password',
    ask: 'Ask for the password after every start',
    askHint: 'It is then kept in memory only; otherwise the computer’s key store keeps it.',
    cannotKeep: (why: string) => `This computer cannot keep it: ${why}. It is kept in memory until Ledgerdrop quits.`,
    unprotected: 'Without encryption the password and every mail can be read on their way. Choose STARTTLS or TLS if the server has it.',
    fromName: 'From name',
    fromNameHint: '{{shop}} in the templates.',
    fromAddress: 'From address',
    fromAddressHint: 'As the customer sees it.',
    replyTo: 'Reply to',
    replyToHint: 'Blank: answers go to the From address.',
    save: 'Save E-mail Settings',
    saved: 'E-mail settings saved.',
  },
  digest: {
    title: 'Daily Digest',
    about:
      'Once a day, a mail about the day before: orders received, written, confirmed, failed and waiting, with totals for each destination. It names no customers.',
    isOn: 'Send a daily digest',
    time: 'Time of day',
    timeHint: 'If this computer is off then, it goes out when Ledgerdrop runs again.',
    addresses: 'Digest to',
    addressesHint: 'One address on each line.',
    save: 'Save Daily Digest',
    saved: 'Daily digest saved.',
  },
  test: {
    to: 'Test address',
    toHint: 'The test uses what stands above, saved or not.',
    send: 'Send a Test',
    taken: 'The mail server took the test mail. It answered:',
  },
  template: {
    status: 'Sent when the order becomes',
    form: (status: string) => `Template for ${status}`,
    subject: 'Subject',
    text: 'Text',
    save: 'Save Template',
    saved: (status: string) => `Template for ${status} saved.`,
    reset: 'Reset to Default',
    wasReset: (status: string) => `The template for ${status} is as it was delivered.`,
    previewOrder: 'Preview with order',
    previewOrderHint: 'Order number; blank: a sample order',
    preview: 'Preview of the mail',
    sampleComments: 'Here stand the comments, where Append Comments is ticked.',
  },
} as const
