import type { ProfileName } from '../../src-shared/profiles'
import { dateTimeText } from '../text/dates'
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

function pathWords(path: string, profile: ProfileName): string {
  const parts = path.split('.')
  const [first = '', second = ''] = parts
  const isSetting = first === 'settings' && second !== ''
  const rest = isSetting ? parts.slice(2) : first === 'policy' ? parts.slice(1) : parts
  const words = rest.map((part) => (/^\d+$/.test(part) ? `${Number(part) + 1}` : (WORDS[part] ?? part)))
  if (isSetting) words.unshift(settingLabel(profile, second))
  const [head = '', ...others] = words
  // A number says which one of the thing before it.
  return others.reduce((sentence, word) => (/^\d+$/.test(word) ? `${sentence} ${word}` : `${sentence}, ${word}`), head)
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
