import type { ProfileName } from '../../src-shared/profiles/profiles'
import { dateTimeText } from './dates'
import { settingLabel } from './setting-fields'

const PATH_LABELS: Readonly<Record<string, string>> = {
  name: 'Destination name',
  profile: 'Format profile',
  folder: 'Drop folder',
  isDefault: 'Default destination',
  answerFolders: 'Answer folders',
  success: 'Success folder',
  failure: 'Failure folder',
  notProcessed: 'Not processed folder',
  hold: 'Hold folder',
  companions: 'Companion files',
  responseFolder: 'Folder for UBL answer documents',
  overdueMinutes: 'Overdue after (minutes)',
  goneMeans: 'A file that disappears without an answer',
  graceMinutes: 'Wait for an answer after the file disappears (minutes)',
  pattern: 'pattern',
  verdict: 'meaning',
  element: 'element',
  kind: 'kind',
  text: 'text',
  field: 'order field',
  keys: 'keys',
  dateFormat: 'date format',
  maxLength: 'maximum length',
  whenTooLong: 'if too long',
  part: 'part',
  pad: 'padding',
  padWith: 'padding character',
}

/** The label of each kind of template row, and whether a template can have several of them. */
const TEMPLATE_ROWS: Readonly<Record<string, readonly [name: string, isMany: boolean]>> = {
  headerRow: ['Header row', false],
  lineRow: ['Line row', false],
  closingRows: ['Closing row', true],
}

/** Converts an index in a path, which starts from 0, to a position that starts from 1. */
const position = (index: string | undefined) => (index === undefined ? '' : `${Number(index) + 1}`)

function pathLabel(path: string, profile: ProfileName): string {
  const [first = '', second = '', ...rest] = path.split('.')
  const named = (parts: readonly string[]) => parts.map((part) => (/^\d+$/.test(part) ? position(part) : (PATH_LABELS[part] ?? part)))
  if (first !== 'settings')
    return named(first === 'policy' ? [second, ...rest] : [first, second, ...rest].filter((part) => part !== '')).join(', ')
  const [name, isMany] = TEMPLATE_ROWS[second] ?? [settingLabel(profile, second), null]
  if (isMany === null)
    return [`${name} ${position(rest[0]?.match(/^\d+$/)?.[0])}`.trim(), ...named(/^\d+$/.test(rest[0] ?? '') ? rest.slice(1) : rest)].join(
      ', ',
    )
  const row = isMany ? `${name} ${position(rest[0])}`.trim() : name
  const [field, ...others] = isMany ? rest.slice(1) : rest
  return [row, ...(field === undefined ? [] : [`field ${position(field)}`]), ...named(others)].join(', ')
}

/** One line of a recorded change, as the screens show it: with the labels of the settings and in local time. */
export function changeText(line: string, profile: ProfileName): string {
  const back = /^Back to the state of (\S+)$/.exec(line)
  if (back !== null) return `Restored the version from ${dateTimeText(back[1] ?? '')}`
  const change = /^([A-Za-z][\w.]*): (.*) became (.*)$/s.exec(line)
  if (change === null) return line
  const [, path = '', before, after] = change
  return `${pathLabel(path, profile)}: changed from ${before} to ${after}`
}
