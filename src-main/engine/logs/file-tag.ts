import { createHash } from 'node:crypto'
import { BASE_NAME } from '../files/file-name'

/** File names that Ledgerdrop creates. They contain at most an order number. */
const OWN_NAME = new RegExp(
  `^(?:${BASE_NAME}\\.[a-z]{1,8}|(?:ledgerdrop|before|replaced|workspace|engine|shell|restore|backups|control|clean-end)[\\w.-]*|Done|Rejected|\\.ledgerdrop)(?:\\.part|\\.withdrawn)?$`,
)

/** Known file extensions. Any other ending may be part of a name. */
const EXTENSION = /\.(?:json|xml|csv|tsv|txt|kfi|xmlkfi|err|ack|log|db|zip|xlsx?|pdf|part|tmp)$/i

/**
 * Returns the tag that logs use in place of the name of a file that Ledgerdrop didn't create, because the name may
 * contain a customer's name. The tag consists of the first eight digits of the name's SHA-256 and the extension. If you
 * know the name, you can compute the tag and find the file's log lines.
 */
export function fileTag(name: string): string {
  const extension = EXTENSION.exec(name)?.[0].toLowerCase() ?? ''
  return `file-${createHash('sha256').update(name).digest('hex').slice(0, 8)}${extension}`
}

/** A path for a log: the folder unchanged, the file name as a tag unless Ledgerdrop created it. */
export function pathTag(path: string): string {
  const [, folder = '', name = ''] = /^(.*[\\/])?([^\\/]*)$/s.exec(path) ?? []
  return name === '' || OWN_NAME.test(name) ? path : folder + fileTag(name)
}
