import { z } from 'zod'
import { command, query, shortText } from './define-command'

/** Which list of codes: customers or products of the accounting package. */
export const CODE_KINDS = ['customer', 'product'] as const
export type CodeKind = (typeof CODE_KINDS)[number]

/** A code of the accounting package, with what the stores call it. */
export interface CodeRow {
  code: string
  name: string
  /** Store e-mails, store customer ids (`id:52`) or SKUs that stand for this code. */
  aliases: string[]
  /** False once the accounting package's list no longer has it, unless a person entered it. */
  isListed: boolean
  /** True where a person entered it, or saved it although the list no longer had it: it stays known whatever the lists say. */
  isByHand: boolean
}

const codeSchema = z.strictObject({
  kind: z.enum(CODE_KINDS),
  code: z.string().trim().min(1).max(100),
  name: z.string().trim().max(200).default(''),
  aliases: z.array(z.string().trim().min(1).max(200)).max(1000).default([]),
})

/** The accounting package's customer and product codes. */
export const CODE_COMMANDS = {
  /** A page of codes, by code; `after` is the last code of the page before. */
  'codes.list': query<{ rows: CodeRow[]; next: string | null; total: number }>()(
    'viewer',
    z.strictObject({
      kind: z.enum(CODE_KINDS),
      search: shortText.default(''),
      after: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
  ),
  /** Adds a code or changes its name and what the stores call it; with `was`, a code of that name becomes this one. */
  'codes.save': command<CodeRow>()('operator', codeSchema.extend({ was: z.string().trim().min(1).max(100).optional() })),
  /** Removes a code; gives it as it was, for `codes.restore`. */
  'codes.remove': command<CodeRow>()('operator', z.strictObject({ kind: z.enum(CODE_KINDS), code: z.string().min(1).max(100) })),
  /** Brings a removed code back as it was. What the stores call it stays with the codes that were given it meanwhile. */
  'codes.restore': command<CodeRow>()('operator', codeSchema.extend({ isListed: z.boolean(), isByHand: z.boolean() })),
} as const
