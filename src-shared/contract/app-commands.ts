import { z } from 'zod'
import { filePath } from '../paths'
import { query } from './define-command'

/** About the program and its workspace. */
export interface AboutRow {
  version: string
  workspace: string
  archiveFolder: string
  /** Where backups are kept, chosen or usual. */
  backupFolder: string
  logFolder: string
  /** Where support bundles are saved; made with the first one. */
  supportFolder: string
}

/** About the program. */
export const APP_COMMANDS = {
  'app.about': query<AboutRow>()('viewer', z.strictObject({})),
  /** Whether a file that a person chose may be written; refuses it with `folder-in-use`, `file-not-replaceable`. */
  'app.checkFile': query<Record<string, never>>()('viewer', z.strictObject({ path: filePath })),
} as const
