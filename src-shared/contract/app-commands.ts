import { z } from 'zod'
import { filePath } from '../paths'
import { query } from './define-command'

/** The program's version and its workspace's folders. */
export interface AboutRow {
  version: string
  workspace: string
  archiveFolder: string
  /** The backup folder, chosen or default. */
  backupFolder: string
  logFolder: string
  /** Where support bundles are saved. Created with the first bundle. */
  supportFolder: string
}

/** Commands about the program itself. */
export const APP_COMMANDS = {
  'app.about': query<AboutRow>()('viewer', z.strictObject({})),
  /** Checks that a file the user chose can be written. Errors: `folder-in-use`, `file-not-replaceable`. */
  'app.checkFile': query<Record<string, never>>()('viewer', z.strictObject({ path: filePath })),
} as const
