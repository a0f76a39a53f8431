import type { MailSecurity, MailSettings } from '../../src-shared/mail'

const SECURITY_LABELS: Readonly<Record<MailSecurity, string>> = {
  STARTTLS: 'STARTTLS (recommended)',
  TLS: 'TLS',
  none: 'None (emails can be read in transit)',
}
const PASSWORDS: Readonly<Record<MailSettings['password'], string>> = {
  'not needed': 'After you save it, the password is never shown again.',
  kept: 'A password is saved on this computer. Leave blank to keep it.',
  'until quit': 'A password is kept in memory until Ledgerdrop quits. Leave blank to keep it.',
  missing: 'Enter the password before sending email.',
}

/** The texts of Settings > Email, by component. */
export const mailText = {
  title: 'Email',
  templatesTitle: 'Email Templates',
  reading: 'Loading email settings',
  server: {
    form: 'Mail server',
    host: 'Mail server',
    hostHint: 'The outgoing mail server (SMTP) of your email provider.',
    security: 'Security',
    securityHint: "The server's certificate is always checked.",
    securityLabels: SECURITY_LABELS,
    port: 'Port',
    portHint: 'Usually 587, 465 or 25.',
    user: 'User name',
    userHint: 'Leave blank if the server does not require a user name.',
    password: 'Password',
    passwords: PASSWORDS,
    showPassword: 'Show password',
    ask: 'Ask for the password after each start',
    askHint: 'The password is then kept in memory only. Otherwise, it is saved in this computer’s key store.',
    cannotKeep: (why: string) => `This computer cannot save the password: ${why}. It is kept in memory until Ledgerdrop quits.`,
    unprotected:
      'Without encryption, others on the network can read the password and every email. If the server supports STARTTLS or TLS, choose it.',
    fromName: 'From name',
    fromNameHint: 'Used for {{shop}} in the templates.',
    fromAddress: 'From address',
    fromAddressHint: 'The sender address that customers see.',
    replyTo: 'Reply to',
    replyToHint: 'Leave blank to get replies at the From address.',
    save: 'Save Email Settings',
    saved: 'Email settings saved.',
  },
  digest: {
    title: 'Daily Digest',
    about:
      'A daily email about the previous day: orders received, written, confirmed, failed and waiting, with totals for each destination. It does not contain customer names.',
    isOn: 'Send a daily digest',
    time: 'Time of day',
    timeHint: 'If this computer is off at that time, the digest is sent when Ledgerdrop runs again.',
    addresses: 'Send digest to',
    addressesHint: 'One address per line.',
    save: 'Save Daily Digest',
    saved: 'Daily digest saved.',
  },
  test: {
    to: 'Test address',
    toHint: 'The test uses the settings above, saved or not.',
    send: 'Send Test Email',
    accepted: 'The mail server accepted the test email. It answered:',
  },
  template: {
    status: 'Sent when the status changes to',
    form: (status: string) => `Template for ${status}`,
    subject: 'Subject',
    text: 'Text',
    save: 'Save Template',
    saved: (status: string) => `Template for ${status} saved.`,
    reset: 'Reset to Default',
    wasReset: (status: string) => `Template for ${status} reset to the default.`,
    previewOrder: 'Preview with order',
    previewOrderHint: 'Order number. Leave blank for a sample order.',
    preview: 'Email preview',
    sampleComments: 'Your comments appear here if Append Comments is ticked.',
  },
} as const
