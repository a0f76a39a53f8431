import { counted } from './dates'

/** Words of a preview of a file. */
export const previewText = {
  pane: {
    nth: (number: number) => `${number}.`,
    field: (name: string) => `${name}:`,
    place: (row: number, column: number) => `row ${row}, column ${column}`,
    showIt: ', show it in the file',
    quoted: (text: string) => (text === '' ? '(empty)' : `“${text}”`),
    became: 'became',
    result: 'Preview result',
    written: 'This file would be written.',
    notWritten: (count: number) => `Nothing would be written: ${counted(count, 'problem')}.`,
    problems: 'Problems of the file',
    invisible: 'Show invisible characters',
    file: 'File to be written',
    draft: 'Draft of the file',
    changes: (count: number) => `${counted(count, 'value')} changed or reported on the way into the file`,
    changed: 'Changed values',
  },
  order: {
    title: 'Preview of order',
    before: 'What would be written for',
    after: (profile: string | null) => ` now${profile === null ? '' : `, as ${profile}`}. Nothing is written by looking.`,
    making: 'Making the preview',
  },
}
