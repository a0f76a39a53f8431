/** The texts of Settings, by component. */
export const settingsText = {
  title: 'Settings',
  reading: 'Loading settings',
  appearance: {
    title: 'Appearance',
    colours: 'Colours',
    schemes: { auto: 'System', light: 'Light', dark: 'Dark' },
    locale: 'Dates and amounts',
    localeHint: 'How dates, times and amounts are displayed in this window. Files for the accounting package are not affected.',
  },
  sessionStart: {
    title: 'Start-up',
    isOn: 'Start Ledgerdrop when I sign in to this computer',
    hint: 'It starts minimised, with this workspace.',
  },
  support: {
    title: 'Support',
    email: 'Support email',
    emailHint: 'Log a Ticket uses this address as the recipient of its email. Leave blank to enter the recipient each time.',
    none: 'Not set.',
    save: 'Save',
    saved: 'Support email saved.',
  },
  workspace: {
    title: 'Workspace',
    version: 'Version',
    folder: 'Workspace',
    archive: 'Archive of sent files',
    logs: 'Logs',
    openArchive: 'Open Archive Folder',
    openLogs: 'Open Log Folder',
  },
} as const
