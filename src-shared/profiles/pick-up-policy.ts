import { z } from 'zod'
import { addFailure, DEVICE_NAME, pathTrouble } from '../paths'
import type { ProfileName } from './profiles'

/** A single folder or file name: never a path; what Windows takes for a device is told apart. */
const NAME = /^(?!\.{1,2}$)[^\\/:*?"<>|\p{Cc}\p{Cs}]{1,100}(?<![. ])$/u
const isName = (text: string) => NAME.test(text) && !DEVICE_NAME.test(text)
const folderName = z.string().refine(isName, 'is not a folder name')
const filePattern = z
  .string()
  .max(100)
  .regex(/^[^\\/:?"<>|\p{Cc}]+$/u, 'is not a file name pattern')
  .refine((text) => text.includes('{base}') || text.includes('{id}'), 'must contain {base} or {id}, so that it names one file')

/** A name below the drop folder, a dot for the drop folder itself, or a whole path. */
function checkResponseFolder(text: string, context: z.RefinementCtx): void {
  const trouble = text === '.' || isName(text) ? null : pathTrouble(text)
  if (trouble !== null) addFailure(context, trouble)
}

/** What a companion file says of the file that it belongs to. `note`: nothing, its text is only kept. */
export const COMPANION_VERDICTS = ['accepted', 'rejected', 'note'] as const

/** How a destination learns what became of its files. */
export const pickUpPolicySchema = z.strictObject({
  /** Folders below the drop folder in which the package puts what it took; null where it has none. */
  answerFolders: z.strictObject({ success: folderName, failure: folderName, notProcessed: folderName, hold: folderName }).nullable(),
  /**
   * Files that the package writes beside a file, in the drop folder or in an answer folder. In a pattern `{base}` stands for the
   * file's name without extension, `{id}` for its last part, the delivery's id, and `*` for any characters.
   */
  companions: z.array(z.strictObject({ pattern: filePattern, verdict: z.enum(COMPANION_VERDICTS) })).max(20),
  /** Folder in which UBL answer documents arrive: a name below the drop folder, a dot for itself, or an absolute path; null where none do. */
  responseFolder: z.string().trim().min(1).max(1000).superRefine(checkResponseFolder).nullable(),
  /** A file that lies longer than this is overdue. */
  overdueMinutes: z.number().int().min(1).max(100_000),
  /** What a file means that is gone without an answer: the package took it, or nobody knows. */
  goneMeans: z.enum(['picked up', 'unknown']),
  /** How long an answer may be on its way after its file is gone. */
  graceMinutes: z.number().int().min(0).max(10_000),
})
export type PickUpPolicy = z.infer<typeof pickUpPolicySchema>

/** A policy that comes ready, to start from. */
export interface ReadyPolicy {
  name: 'attache-unattended' | 'plain-pick-up' | 'ubl-answers'
  title: string
  /** What is known of it, and how well. */
  notice: string
  policy: PickUpPolicy
}

const COMMON = { overdueMinutes: 60, graceMinutes: 2 } as const

/** The policies that come ready. Sources: formats.md, "Unattended folders" [F], [I]; OASIS UBL 2.1. */
export const READY_POLICIES: readonly ReadyPolicy[] = [
  {
    name: 'attache-unattended',
    title: 'Attaché unattended KFI',
    notice: 'Folder names and .err files as seen at a site; not verified against your Attaché. What Hold means is not known.',
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
    title: 'Plain pick-up: the package takes the file away',
    notice: 'A file that is gone was picked up; whether it was imported is not known unless a companion file says so.',
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
    notice: 'OrderResponseSimple, OrderResponse and ApplicationResponse, matched by the order number that they name.',
    policy: { ...COMMON, answerFolders: null, companions: [], responseFolder: 'Responses', goneMeans: 'picked up' },
  },
]

const USUAL: Readonly<Record<ProfileName, ReadyPolicy['name']>> = {
  'ubl-order': 'ubl-answers',
  'attache-xmlkfi': 'attache-unattended',
  'attache-kfi': 'attache-unattended',
  'order-xml': 'plain-pick-up',
}

/** How a destination of that profile learns what became of its files, until the office says otherwise. */
export function defaultPolicy(profile: ProfileName): PickUpPolicy {
  const found = READY_POLICIES.find((one) => one.name === USUAL[profile])
  if (found === undefined) throw new Error(`No policy for ${profile}`)
  return structuredClone(found.policy)
}
