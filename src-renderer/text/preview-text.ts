import { counted } from './dates'

/** The texts of a file preview. */
export const previewText = {
  pane: {
    nth: (number: number) => `${number}.`,
    field: (name: string) => `${name}:`,
    place: (row: number, column: number) => `row ${row}, column ${column}`,
    showIt: ', show it in the file',
    quoted: (text: string) => (text === '' ? '(empty)' : `“${text}”`),
    changedTo: 'was changed to',
    result: 'Preview result',
    written: 'This file would be written.',
    notWritten: (count: number) => `No file would be written: ${counted(count, 'problem')}.`,
    problems: 'Problems with the file',
    invisible: 'Show invisible characters',
    file: 'File to be written',
    draft: 'Draft of the file',
    changes: (count: number) =>
      `${counted(count, 'value was changed in the file or needs', 'values were changed in the file or need')} checking`,
    changed: 'Changed values',
  },
  order: {
    title: 'Preview of order',
    before: 'The file that would be written for',
    after: (profile: string | null) => ` now${profile === null ? '' : `, as ${profile}`}. Previewing doesn't write a file.`,
    making: 'Loading preview',
  },
}
