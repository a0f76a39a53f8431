/** The texts of the widgets that several screens share. */
export const widgetsText = {
  folder: { choose: 'Choose…', chooseLabel: (label: string) => `Choose ${label}`, open: 'Open Folder' },
  mail: { to: 'To', subject: 'Subject' },
  reason: { label: 'Reason', cancel: 'Cancel' },
  longText: { less: 'Show Less', all: 'Show All' },
  waiting: {
    now: (what: string) => `${what}…`,
    slow: (what: string) => `${what} is taking longer than expected.`,
    slowHint: 'Ledgerdrop is still waiting. You can retry, or work on another screen and come back.',
    retry: 'Retry',
  },
} as const
