import { createHash } from 'node:crypto'
import { BASE_NAME } from '../files/file-name'

/** Names that Ledgerdrop gives itself: an order's number at most is in them. */
const OWN_NAME = new RegExp(
  `^(?:${BASE_NAME}\\.[a-z]{1,8}|(?:ledgerdrop|before|replaced|workspace|engine|shell|restore|backups|control|clean-end)[\\w.-]*|Done|Rejected|\\.ledgerdrop)(?:\\.part|\\.withdrawn)?$`,
)

/** Others may be the end of a name. */
const ENDING = /\.(?:json|xml|csv|tsv|txt|kfi|xmlkfi|err|ack|log|db|zip|xlsx?|pdf|part|tmp)$/i

/**
 * What a log says of a file that came from outside, whose name may be a customer's: its ending, and a mark that is the same for the same name. Who has
 * the file finds its lines by the first eight digits of its name's SHA-256.
 */
export function fileTag(name: string): string {
  const ending = ENDING.exec(name)?.[0].toLowerCase() ?? ''
  return `file-${createHash('sha256').update(name).digest('hex').slice(0, 8)}${ending}`
}

/** A path as a log says it: the folder as it is, the file by its tag unless Ledgerdrop named it. */
export function pathTag(path: string): string {
  const [, folder = '', name = ''] = /^(.*[\\/])?([^\\/]*)$/s.exec(path) ?? []
  return name === '' || OWN_NAME.test(name) ? path : folder + fileTag(name)
}
