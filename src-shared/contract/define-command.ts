import { z } from 'zod'

/** What a staff member may do; each may do everything that the ones before may. */
export const ROLES = ['viewer', 'operator', 'administrator'] as const
export type Role = (typeof ROLES)[number]

/** Who may give a command: `anyone` needs no session. */
export type Access = Role | 'anyone'

interface Command<Input extends z.ZodType, Output> {
  input: Input
  role: Access
  /** It looks and changes nothing. */
  isQuery: boolean
  /** Type only: what the command gives. */
  output?: Output
}

/** A command that gives an `Output`: the least role that may give it, and what it takes. */
export function command<Output>() {
  return <Input extends z.ZodType>(role: Access, input: Input): Command<Input, Output> => ({ role, input, isQuery: false })
}

/** A command that changes nothing: who gave it is not on record. */
export function query<Output>() {
  return <Input extends z.ZodType>(role: Access, input: Input): Command<Input, Output> => ({ role, input, isQuery: true })
}

/** A database id. */
export const id = z.number().int().positive()
export const shortText = z.string().max(200)
