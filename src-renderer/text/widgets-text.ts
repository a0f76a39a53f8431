/** What the parts that several screens share say. */
export const widgetsText = {
  folder: { choose: 'Choose…', chooseLabel: (label: string) => `Choose ${label}`, open: 'Open Folder' },
  mail: { to: 'To', subject: 'Subject' },
  reason: { label: 'Reason', cancel: 'Cancel' },
  longText: { less: 'Show less', all: 'Show all' },
  waiting: {
    now: (what: string) => `${what}…`,
    slow: (what: string) => `${what} takes longer than it should.`,
    slowHint: 'Ledgerdrop is still waiting. You can retry, or go on working elsewhere and come back.',
    retry: 'Retry',
  },
} as const
