import type { ProfileName } from '../../src-shared/profiles/profiles'
import { dateTimeText } from './dates'
import { settingLabel } from './setting-fields'

const WORDS: Readonly<Record<string, string>> = {
  name: 'Destination name',
  profile: 'Format profile',
  folder: 'Drop folder',
  isDefault: 'Default destination',
  answerFolders: 'Answer folders',
  success: 'Success folder',
  failure: 'Failure folder',
  notProcessed: 'Not processed folder',
  hold: 'Hold folder',
  companions: 'Files beside a file',
  responseFolder: 'Folder for UBL answer documents',
  overdueMinutes: 'Overdue after (minutes)',
  goneMeans: 'A file that is gone without an answer',
  graceMinutes: 'Wait for an answer (minutes)',
  pattern: 'pattern',
  verdict: 'meaning',
  element: 'element',
  kind: 'kind',
  text: 'text',
  field: 'order field',
  keys: 'keys',
  dateFormat: 'date format',
  maxLength: 'longest',
  whenTooLong: 'when longer',
  part: 'part',
  pad: 'padding',
  padWith: 'padding character',
}

/** Rows of a template: what one of them is called, and whether there are several. */
const TEMPLATE_ROWS: Readonly<Record<string, readonly [name: string, isMany: boolean]>> = {
  headerRow: ['Header row', false],
  lineRow: ['Line row', false],
  closingRows: ['Closing row', true],
}

const counted = (part: string | undefined) => (part === undefined ? '' : `${Number(part) + 1}`)

function pathWords(path: string, profile: ProfileName): string {
  const [first = '', second = '', ...rest] = path.split('.')
  const named = (parts: readonly string[]) => parts.map((part) => (/^\d+$/.test(part) ? counted(part) : (WORDS[part] ?? part)))
  if (first !== 'settings')
    return named(first === 'policy' ? [second, ...rest] : [first, second, ...rest].filter((part) => part !== '')).join(', ')
  const [name, isMany] = TEMPLATE_ROWS[second] ?? [settingLabel(profile, second), null]
  if (isMany === null)
    return [`${name} ${counted(rest[0]?.match(/^\d+$/)?.[0])}`.trim(), ...named(/^\d+$/.test(rest[0] ?? '') ? rest.slice(1) : rest)].join(
      ', ',
    )
  const row = isMany ? `${name} ${counted(rest[0])}`.trim() : name
  const [field, ...others] = isMany ? rest.slice(1) : rest
  return [row, ...(field === undefined ? [] : [`field ${counted(field)}`]), ...named(others)].join(', ')
}

/** One line of a change on record, for people: settings by what the page calls them, times local. */
export function changeWords(line: string, profile: ProfileName): string {
  const back = /^Back to the state of (\S+)$/.exec(line)
  if (back !== null) return `Back to how it was on ${dateTimeText(back[1] ?? '')}`
  const change = /^([A-Za-z][\w.]*): (.*) became (.*)$/s.exec(line)
  if (change === null) return line
  const [, path = '', before, after] = change
  return `${pathWords(path, profile)}: ${before} became ${after}`
}
