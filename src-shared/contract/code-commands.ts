import { z } from 'zod'
import { command, query, shortText } from './define-command'

/** The accounting package's two lists of codes. */
export const CODE_KINDS = ['customer', 'product'] as const
export type CodeKind = (typeof CODE_KINDS)[number]

/** A code of the accounting package, with its aliases in the stores. */
export interface CodeRow {
  code: string
  name: string
  /** Store emails, store customer ids (`id:52`) or SKUs that map to this code. */
  aliases: string[]
  /** False if the accounting package's latest list doesn't have it, unless a user entered it. */
  isListed: boolean
  /** True if a user entered it, or saved it while the list didn't have it. Imported lists never remove it. */
  isByHand: boolean
}

const codeSchema = z.strictObject({
  kind: z.enum(CODE_KINDS),
  code: z.string().trim().min(1).max(100),
  name: z.string().trim().max(200).default(''),
  aliases: z.array(z.string().trim().min(1).max(200)).max(1000).default([]),
})

/** Commands for the accounting package's customer and product codes. */
export const CODE_COMMANDS = {
  /** A page of codes, sorted by code; `after` is the last code of the previous page. */
  'codes.list': query<{ rows: CodeRow[]; next: string | null; total: number }>()(
    'viewer',
    z.strictObject({
      kind: z.enum(CODE_KINDS),
      search: shortText.default(''),
      after: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ),
  /** Adds a code, or changes its name and aliases. `was` is the code's old value if it is being renamed. */
  'codes.save': command<CodeRow>()('operator', codeSchema.extend({ was: z.string().trim().min(1).max(100).optional() })),
  /** Removes a code. Returns it, so that `codes.restore` can bring it back. */
  'codes.remove': command<CodeRow>()('operator', z.strictObject({ kind: z.enum(CODE_KINDS), code: z.string().min(1).max(100) })),
  /** Restores a removed code. Aliases that were assigned to another code in the meantime stay with that code. */
  'codes.restore': command<CodeRow>()('operator', codeSchema.extend({ isListed: z.boolean(), isByHand: z.boolean() })),
} as const
