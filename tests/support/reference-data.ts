import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Schemas and documents that others wrote, in a folder beside the project. Tests that read them are extras: the project is tested without them. */
export const REFERENCE_DATA = join(import.meta.dirname, '../../../shared/data')

/** False if the folder is missing; extras are skipped then. */
export const hasReferenceData = existsSync(REFERENCE_DATA)

/** The title of an extra: `npm test` lists what it skipped by title, so the title says why. */
export const extra = (title: string): string => `${title} (extra, needs ../shared/data)`
