import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Third-party schemas and documents, in a folder next to the project. Tests that need them are extra: the project is fully tested without them. */
export const REFERENCE_DATA = join(import.meta.dirname, '../../../shared/data')

/** False if the folder is missing. Extra tests are then skipped. */
export const hasReferenceData = existsSync(REFERENCE_DATA)

/** The title of an extra test. `npm test` lists skipped tests by title, so the title gives the reason. */
export const extraTitle = (title: string): string => `${title} (extra, needs ../shared/data)`
