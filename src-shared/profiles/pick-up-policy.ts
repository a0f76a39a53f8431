import { z } from 'zod'
import { addFailure, DEVICE_NAME, invalidPath } from '../paths'
import type { ProfileName } from './profiles'

/** A single folder or file name, never a path. Windows device names are checked separately. */
const NAME = /^(?!\.{1,2}$)[^\\/:*?"<>|\p{Cc}\p{Cs}]{1,100}(?<![. ])$/u
const isName = (text: string) => NAME.test(text) && !DEVICE_NAME.test(text)
const folderName = z.string().refine(isName, 'is not a folder name')
const filePattern = z
  .string()
  .max(100)
  .regex(/^[^\\/:?"<>|\p{Cc}]+$/u, 'is not a file name pattern')
  .refine((text) => text.includes('{base}') || text.includes('{id}'), 'must contain {base} or {id}, so that it names one file')

/** Accepts a folder name in the drop folder, a dot for the drop folder itself, or an absolute path. */
function checkResponseFolder(text: string, context: z.RefinementCtx): void {
  const failure = text === '.' || isName(text) ? null : invalidPath(text)
  if (failure !== null) addFailure(context, failure)
}

/**
 * What a companion file means for its order file. `note`: its text is stored, but it doesn't show what happened to the
 * order.
 */
export const COMPANION_VERDICTS = ['accepted', 'rejected', 'note'] as const

/** How a destination determines what happened to each file. */
export const pickUpPolicySchema = z.strictObject({
  /** Folders in the drop folder to which the package moves the files it took; null if it has none. */
  answerFolders: z.strictObject({ success: folderName, failure: folderName, notProcessed: folderName, hold: folderName }).nullable(),
  /**
   * Files that the package writes next to an order file, in the drop folder or an answer folder. In a pattern, `{base}` is the order file's name
   * without its extension, `{id}` is the last part of that name (the delivery's id), and `*` matches any characters.
   */
  companions: z.array(z.strictObject({ pattern: filePattern, verdict: z.enum(COMPANION_VERDICTS) })).max(20),
  /** The folder for UBL answer documents: a folder name in the drop folder, a dot for the drop folder itself, or an absolute path; null: none. */
  responseFolder: z.string().trim().min(1).max(1000).superRefine(checkResponseFolder).nullable(),
  /** A file that isn't picked up within this time is overdue. */
  overdueMinutes: z.number().int().min(1).max(100_000),
  /** What a missing file without an answer means: the package picked it up, or its outcome is unknown. */
  goneMeans: z.enum(['picked up', 'unknown']),
  /** How long to wait for an answer after the file is gone. */
  graceMinutes: z.number().int().min(0).max(10_000),
})
export type PickUpPolicy = z.infer<typeof pickUpPolicySchema>

/** A predefined policy to start from. */
export interface PolicyPreset {
  name: 'attache-unattended' | 'plain-pick-up' | 'ubl-answers'
  title: string
  /** What is known about the policy, and how certain that is. */
  notice: string
  policy: PickUpPolicy
}

const COMMON = { overdueMinutes: 60, graceMinutes: 2 } as const

/** The predefined policies. Sources: docs/formats/attache-answers.md [F], [I]; OASIS UBL 2.1. */
export const POLICY_PRESETS: readonly PolicyPreset[] = [
  {
    name: 'attache-unattended',
    title: 'Attaché unattended KFI',
    notice: 'Folder names and .err files as seen at one site; not verified against your Attaché. The meaning of Hold is not known.',
    policy: {
      ...COMMON,
      answerFolders: { success: 'Success', failure: 'Failure', notProcessed: 'NotProcessed', hold: 'Hold' },
      companions: [{ pattern: '*{id}.err', verdict: 'rejected' }],
      responseFolder: null,
      goneMeans: 'unknown',
    },
  },
  {
    name: 'plain-pick-up',
    title: 'Plain pick-up: the package removes the file',
    notice: 'A file that is gone was picked up. Only a companion file can show whether it was imported.',
    policy: {
      ...COMMON,
      answerFolders: null,
      companions: [
        { pattern: '{base}.err', verdict: 'rejected' },
        { pattern: '{base}.ack', verdict: 'accepted' },
        { pattern: '{base}.log', verdict: 'note' },
      ],
      responseFolder: null,
      goneMeans: 'picked up',
    },
  },
  {
    name: 'ubl-answers',
    title: 'UBL answers: the package replies with documents',
    notice: 'OrderResponseSimple, OrderResponse and ApplicationResponse documents, matched by order number.',
    policy: { ...COMMON, answerFolders: null, companions: [], responseFolder: 'Responses', goneMeans: 'picked up' },
  },
]

const DEFAULT_PRESETS: Readonly<Record<ProfileName, PolicyPreset['name']>> = {
  'ubl-order': 'ubl-answers',
  'attache-xmlkfi': 'attache-unattended',
  'attache-kfi': 'attache-unattended',
  'order-xml': 'plain-pick-up',
}

/** The default policy for a profile. */
export function defaultPolicy(profile: ProfileName): PickUpPolicy {
  const found = POLICY_PRESETS.find(({ name }) => name === DEFAULT_PRESETS[profile])
  if (found === undefined) throw new Error(`No policy for ${profile}`)
  return structuredClone(found.policy)
}
