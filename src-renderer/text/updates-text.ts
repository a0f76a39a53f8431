import { dayText } from './dates'

/** The day of a release (`2026-05-01`) in the chosen locale, the same in every time zone. */
export function releaseDay(day: string): string {
  return dayText(`${day}T12:00`)
}

/** The texts about new versions: in Settings, above the screens, and in Help. */
export const updatesText = {
  title: 'Updates',
  reading: 'Loading update settings',
  about: 'Ledgerdrop can check for new versions once a day and let you know. It never downloads or installs anything.',
  form: 'Update checks',
  isOn: 'Check for new versions once a day',
  isOnHint: 'Requests go only to the feed address and contain only the version of this program. If this is off, no requests are made.',
  feedAddress: 'Feed address',
  feedAddressHint: 'Ask your Ledgerdrop supplier for this address. It starts with https://',
  save: 'Save Update Settings',
  saved: 'Update settings saved.',
  check: {
    now: 'Check Now',
    saveFirst: 'Save the changes above first.',
    checking: 'Checking…',
    version: 'This version',
    last: 'Last checked',
    never: 'Not yet',
    result: 'Result',
    none: 'None yet',
    failed: 'Check failed. Ledgerdrop will try again automatically.',
    found: 'A new version is available.',
    newer: 'New version',
    release: (version: string, day: string) => (day === '' ? version : `${version}, released ${day}`),
    upToDate: 'Up to date.',
    next: 'Next check',
    whenOpen: 'After Ledgerdrop has been open for a minute',
  },
  available: (version: string, current: string) => `Ledgerdrop ${version} is available. You have ${current}.`,
  line: {
    label: 'New version',
    notes: 'What’s new',
    notesOf: (version: string) => `What’s new in ${version}`,
    released: (day: string) => `Released ${day}.`,
    open: 'Open Page',
    notNow: 'Not Now',
  },
  openPage: 'Open Page',
} as const
