import { dayText } from './dates'

/** The day of a release (`2026-05-01`), the same everywhere. */
export function releaseDay(day: string): string {
  return dayText(`${day}T12:00`)
}

/** What is said of newer versions: in Settings, above the screens, and in Help. */
export const updatesText = {
  title: 'Updates',
  reading: 'Reading the update settings',
  about: 'Ledgerdrop can look once a day whether a newer version is there, and tell. It never downloads or installs anything.',
  form: 'Looking for new versions',
  isOn: 'Look for new versions once a day',
  isOnHint: 'Only the feed address is asked, and told nothing but the version of this program. While this is off, no request is made.',
  feedAddress: 'Feed address',
  feedAddressHint: 'Whoever provides Ledgerdrop to you names it. It begins with https://',
  save: 'Save Update Settings',
  saved: 'Update settings saved.',
  look: {
    now: 'Look Now',
    saveFirst: 'Save the changes above first.',
    looking: 'Looking…',
    version: 'This version',
    last: 'Last look',
    never: 'not yet',
    result: 'Result',
    none: 'none yet',
    failed: 'The look failed. It is tried again by itself.',
    found: 'A newer version is there.',
    newer: 'Newer version',
    release: (version: string, day: string) => (day === '' ? version : `${version}, released ${day}`),
    upToDate: 'Up to date: no newer version is there.',
    next: 'Next look',
    whenOpen: 'when Ledgerdrop has been open for a minute',
  },
  available: (version: string, current: string) => `Ledgerdrop ${version} is available (this is ${current}).`,
  line: {
    label: 'New version',
    notes: 'What is new',
    notesOf: (version: string) => `What is new in ${version}`,
    released: (day: string) => `Released ${day}.`,
    open: 'Open the page',
    notNow: 'Not now',
  },
  openPage: 'Open the Page',
} as const
