/** What Settings says, by component. */
export const settingsText = {
  title: 'Settings',
  reading: 'Reading the workspace',
  appearance: {
    title: 'Appearance',
    colours: 'Colours',
    schemes: { auto: 'System', light: 'Light', dark: 'Dark' },
    locale: 'Dates and amounts',
    localeHint: 'How dates, times and amounts are written in this window. Files for the accounting package are not affected.',
  },
  sessionStart: {
    title: 'Start',
    isOn: 'Start Ledgerdrop when I sign in to this computer',
    hint: 'It starts minimised, on this workspace.',
  },
  support: {
    title: 'Support',
    email: 'Support e-mail',
    emailHint: 'Log a Ticket prepares its e-mail to this address. Leave it empty to fill in the recipient each time.',
    none: 'None given.',
    save: 'Save',
    saved: 'Support e-mail saved.',
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
